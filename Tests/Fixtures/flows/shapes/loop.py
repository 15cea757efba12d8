@app.get("/run")
def run(value: str):
    results = []
    for part in value.split(";"):
        results.append({sink:part})
    return results
