"""All headers, or headers of single answers."""
from fastapi import FastAPI, Request, Response
from fastapi.responses import FileResponse

app = FastAPI()


@app.middleware("http")
async def add_headers(request: Request, call_next):
    response = await call_next(request)
    response.headers["Content-Security-Policy"] = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@app.middleware("http")
async def add_timing(request: Request, call_next):
    response = await call_next(request)
    response.headers["Server-Timing"] = "app;dur=5"
    response.headers["Cache-Control"] = "no-store"
    return response


@app.get("/files/{name}")
def download(name: str) -> FileResponse:
    # One answer, not all of them.
    return FileResponse("files/report.pdf", headers={"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY"})


def forward(response: Response, upstream: dict[str, str]) -> None:
    for name in ("Content-Security-Policy", "X-Frame-Options"):
        if name in upstream:
            response.headers[name] = upstream[name]
