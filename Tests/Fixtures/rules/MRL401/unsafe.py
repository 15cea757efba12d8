"""Exception texts that callers read."""
import logging

import httpx
from fastapi import APIRouter, FastAPI, HTTPException, Request, status
from fastapi.responses import JSONResponse, PlainTextResponse

from shop.database import connect, run_report

router = APIRouter()
logger = logging.getLogger(__name__)


@router.get("/reports")
def reports() -> list[str]:
    try:
        return run_report()
    except Exception as error:
        logger.exception("report failed")
        raise HTTPException(500, detail=str(error)) from error  # expect: MRL401


@router.get("/reports/formatted")
def formatted() -> list[str]:
    try:
        return run_report()
    except Exception as e:
        raise HTTPException(status_code=status.HTTP_500_INTERNAL_SERVER_ERROR, detail=f"Report failed: {e}")  # expect: MRL401


@router.get("/reports/positional")
def positional() -> list[str]:
    try:
        return run_report()
    except OSError as e:
        raise HTTPException(503, "Report failed: %s" % e)  # expect: MRL401


@router.get("/reports/json")
def as_json() -> JSONResponse:
    try:
        return JSONResponse(run_report())
    except Exception as exc:
        return JSONResponse({"error": repr(exc)}, status_code=500)  # expect: MRL401


@router.get("/reports/dictionary")
def as_dictionary() -> dict:
    try:
        return {"rows": run_report()}
    except Exception as exc:
        return {"status": "error", "message": str(exc)}  # expect: MRL401


@router.get("/rates")
async def rates() -> dict:
    try:
        async with httpx.AsyncClient() as client:
            return (await client.get("http://rates.internal/latest")).json()
    except httpx.HTTPError as exc:
        message = f"upstream said: {exc}"
        raise HTTPException(502, message) from exc  # expect: MRL401


app = FastAPI()


@app.exception_handler(Exception)
async def show_error(request: Request, exc: Exception) -> PlainTextResponse:
    return PlainTextResponse(str(exc), status_code=500)  # expect: MRL401


async def show_later(request: Request, exc: Exception) -> PlainTextResponse:
    return PlainTextResponse(str(exc), status_code=500)  # expect-missing: MRL401 (a handler that is registered elsewhere)


app.add_exception_handler(OSError, show_later)


def explain(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"


@router.get("/health")
def health() -> dict[str, str]:
    try:
        connect()
    except Exception as error:
        raise HTTPException(503, explain(error)) from error  # expect-missing: MRL401 (needs flow through `explain`)
    return {"status": "ok"}
