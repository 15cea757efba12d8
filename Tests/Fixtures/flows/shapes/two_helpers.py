def inner(text):
    return {sink:text}


def outer(text):
    cleaned = text.lower()
    return inner(cleaned)


@app.get("/run")
def run(value: str):
    return outer(value)
