"""Headers that were forgotten."""
from fastapi import FastAPI, Request

app = FastAPI()


@app.middleware("http")
async def add_headers(request: Request, call_next):
    response = await call_next(request)
    response.headers["X-Content-Type-Options"] = "nosniff"  # expect: MRL505
    response.headers["X-Frame-Options"] = "DENY"
    return response
