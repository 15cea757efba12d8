def helper(text):
    return {sink:text}


@app.get("/run")
def run(value: str):
    return helper(value)
