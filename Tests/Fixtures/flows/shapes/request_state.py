from fastapi import Depends, Request


def remember(request: Request, value: str):
    request.state.value = value


@app.get("/", dependencies=[Depends(remember)])
def handler(request: Request):
    return {sink:request.state.value}
