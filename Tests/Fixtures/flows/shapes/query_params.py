from fastapi import Request


def read(request: Request):
    return request.query_params.get("value")


@app.get("/run")
def run(request: Request):
    text = read(request)
    return {sink:text}
