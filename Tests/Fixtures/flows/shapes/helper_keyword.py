def helper(*, first="a", text):
    return {sink:text}


@app.get("/run")
def run(value: str):
    return helper(text=value)
