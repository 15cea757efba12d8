@app.get("/run/{value:path}")
async def run(value: str):
    result = {sink:value}
    return result
