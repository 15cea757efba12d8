def make(text):
    def act():
        return {sink:text}

    return act


@app.get("/run")
def run(value: str):
    return make(value)()
