"""Frame options that browsers ignore."""
from fastapi import FastAPI, Request, Response
from fastapi.responses import HTMLResponse

app = FastAPI()
FRAMES = "ALLOWALL"


@app.middleware("http")
async def frames(request: Request, call_next):
    response = await call_next(request)
    response.headers["X-Frame-Options"] = "ALLOW-FROM https://partner.example"  # expect: MRL508
    return response


def by_constant(response: Response) -> None:
    response.headers["x-frame-options"] = FRAMES  # expect: MRL508


def both() -> HTMLResponse:
    return HTMLResponse("", headers={"X-Frame-Options": "DENY, SAMEORIGIN"})  # expect: MRL508
