@app.get("/run")
def run(value: str | None = None):
    text = value if value else "fixed"
    if text != "":
        return {sink:text}
    return None
