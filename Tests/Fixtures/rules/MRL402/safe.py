"""Tracebacks that go to the log."""
import logging
import traceback
import uuid

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse

from shop.database import run_report

app = FastAPI()
logger = logging.getLogger(__name__)


@app.exception_handler(Exception)
def show_error(request: Request, error: Exception) -> JSONResponse:
    reference = uuid.uuid4().hex
    logger.error("%s: %s", reference, traceback.format_exc())
    return JSONResponse({"error": "Internal error", "reference": reference}, status_code=500)


@app.get("/reports")
def reports() -> list[str]:
    try:
        return run_report()
    except Exception:
        trace = traceback.format_exc()
        logger.error("report failed\n%s", trace)
        raise HTTPException(500, "The report could not be made") from None


@app.get("/traces")
def traces() -> dict[str, str]:
    # The trace of an order, not of an error.
    trace = "2026-11-24T10:00:00Z packed"
    return {"trace": trace}


def print_to_console() -> None:
    traceback.print_exc()
