"""Patterns that are tight, and echoes behind a list."""
import re

from fastapi import FastAPI, Request, Response
from fastapi.middleware.cors import CORSMiddleware

from shop.settings import settings

ALLOWED = {"https://shop.example.com", "https://admin.example.com"}
EVERYTHING = re.compile(".*")

app = FastAPI()
app.add_middleware(CORSMiddleware, allow_origin_regex=r"https://[a-z0-9-]+\.example\.com", allow_credentials=True)
app.add_middleware(CORSMiddleware, allow_origin_regex=r"^https://(shop|admin)\.example\.com$", allow_credentials=True)
app.add_middleware(CORSMiddleware, allow_origin_regex=r"https?://localhost(:\d+)?")
app.add_middleware(CORSMiddleware, allow_origin_regex=settings.origin_pattern, allow_credentials=True)


@app.middleware("http")
async def allow_known(request: Request, call_next):
    response = await call_next(request)
    origin = request.headers.get("origin")
    if origin in ALLOWED:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Vary"] = "Origin"
    return response


@app.get("/widget")
def widget() -> Response:
    return Response(headers={"Access-Control-Allow-Origin": "https://shop.example.com"})


def log_origin(request: Request) -> dict[str, str]:
    return {"Origin": request.headers.get("origin", "")}
