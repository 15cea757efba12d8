from pydantic import BaseModel


class Body(BaseModel):
    text: str


@app.post("/run")
def run(body: Body):
    data = body.model_dump()
    return {sink:data["text"]}
