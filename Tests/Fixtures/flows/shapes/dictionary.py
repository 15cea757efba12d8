@app.get("/run")
def run(value: str):
    options = {"kind": "fixed", "text": value}
    return {sink:options["text"]}
