from typing import Annotated

from fastapi import Query


@app.get("/run")
def run(given: Annotated[str, Query(alias="v")]):
    text = given.strip()
    return {sink:text}
