def prepare(text):
    result = text.strip()
    return result


@app.get("/run")
def run(value: str):
    prepared = prepare(value)
    return {sink:prepared}
