@app.get("/run")
def run(value: str):
    return {sink:value}
