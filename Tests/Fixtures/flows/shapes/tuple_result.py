def split(text):
    return "fixed", text


@app.get("/run")
def run(value: str):
    kind, rest = split(value)
    return {sink:rest}
