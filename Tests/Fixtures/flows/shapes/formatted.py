@app.get("/run")
def run(value: str):
    text = "{}".format(value)
    return {sink:text}
