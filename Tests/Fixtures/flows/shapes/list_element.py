@app.get("/run")
def run(value: str):
    parts = ["fixed", value]
    chosen = parts[1]
    return {sink:chosen}
