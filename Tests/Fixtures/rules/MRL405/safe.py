"""Validation errors without the input."""
import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

app = FastAPI()
short = FastAPI()
counted = FastAPI()
logger = logging.getLogger(__name__)


@app.exception_handler(RequestValidationError)
async def show_errors(request: Request, exc: RequestValidationError) -> JSONResponse:
    detail = [{"loc": e["loc"], "msg": e["msg"], "type": e["type"]} for e in exc.errors()]
    return JSONResponse({"detail": detail}, status_code=422)


@short.exception_handler(RequestValidationError)
async def refuse(request: Request, exc: RequestValidationError) -> JSONResponse:
    logger.info("refused %d fields", len(exc.errors()))
    return JSONResponse({"detail": "The request is not valid"}, status_code=422)


@counted.exception_handler(RequestValidationError)
async def places(request: Request, exc: RequestValidationError) -> JSONResponse:
    fields = sorted({".".join(str(part) for part in e["loc"]) for e in exc.errors()})
    return JSONResponse({"fields": fields}, status_code=422)


class Report:
    def __init__(self) -> None:
        self.body = "text"

    def errors(self) -> list[str]:
        return []


@app.get("/report")
def report() -> JSONResponse:
    result = Report()
    return JSONResponse({"errors": result.errors(), "body": result.body})
