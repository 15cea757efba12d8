"""Validation errors that repeat what was sent."""
from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.exceptions import RequestValidationError as InputError
from fastapi.responses import JSONResponse

app = FastAPI()
inner = FastAPI()
plain = FastAPI()


@app.exception_handler(RequestValidationError)
async def show_errors(request: Request, exc: RequestValidationError) -> JSONResponse:
    return JSONResponse(status_code=422, content={"detail": jsonable_encoder(exc.errors())})  # expect: MRL405


@inner.exception_handler(InputError)
async def show_body(request, error):
    return JSONResponse({"detail": "invalid", "body": error.body}, status_code=422)  # expect: MRL405


async def show_all(request: Request, exc: RequestValidationError) -> JSONResponse:
    content = {"errors": exc.errors(), "path": request.scope["path"]}  # expect: MRL405
    return JSONResponse(content, status_code=422)


plain.add_exception_handler(RequestValidationError, show_all)
