from pydantic import BaseModel


class Body(BaseModel):
    text: str
    count: int = 1


@app.post("/run")
def run(body: Body):
    return {sink:body.text}
