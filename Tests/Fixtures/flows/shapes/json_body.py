from fastapi import Request


@app.post("/run")
async def run(request: Request):
    data = await request.json()
    return {sink:data["text"]}
