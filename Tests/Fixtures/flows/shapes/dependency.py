from fastapi import Depends


def wanted(value: str):
    return value.strip()


@app.get("/run")
def run(text: str = Depends(wanted)):
    return {sink:text}
