@app.get("/run")
def run(value: str):
    return [{sink:part} for part in value.split(",")]
