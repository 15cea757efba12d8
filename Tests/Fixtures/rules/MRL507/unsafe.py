"""HSTS that is soon forgotten."""
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

app = FastAPI()
HSTS = "max-age=86400"


@app.middleware("http")
async def add_hsts(request: Request, call_next):
    response = await call_next(request)
    response.headers["Strict-Transport-Security"] = "max-age=300"  # expect: MRL507
    return response


def by_constant(response: Response) -> None:
    response.headers["strict-transport-security"] = HSTS  # expect: MRL507


def switched_off() -> JSONResponse:
    return JSONResponse({}, headers={"Strict-Transport-Security": "max-age=0; includeSubDomains"})  # expect: MRL507


def invalid(response: Response) -> None:
    response.headers.setdefault("Strict-Transport-Security", "includeSubDomains")  # expect: MRL507
