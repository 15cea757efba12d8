"""Texts that are written for callers."""
import logging

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse

from shop.database import run_report

router = APIRouter()
logger = logging.getLogger(__name__)


class DomainError(Exception):
    """Raised with a text for the caller."""


@router.get("/reports")
def reports() -> list[str]:
    try:
        return run_report()
    except Exception as error:
        logger.exception("report failed: %s", error)
        raise HTTPException(500, "The report could not be made") from error


@router.get("/items")
def items(page: str) -> dict[str, int]:
    try:
        if not page.isdigit():
            raise ValueError("page must be a number")
        return {"page": int(page)}
    except ValueError as error:
        raise HTTPException(400, str(error)) from error


@router.get("/domain")
def domain() -> list[str]:
    try:
        return run_report()
    except DomainError as error:
        raise HTTPException(409, detail=str(error)) from error


async def http_error(request: Request, exc: HTTPException) -> JSONResponse:
    # What such an exception carries was meant for the caller from the start.
    return JSONResponse({"detail": exc.detail}, status_code=exc.status_code)


@router.get("/typed")
def typed() -> JSONResponse:
    try:
        return JSONResponse(run_report())
    except Exception as error:
        return JSONResponse({"error": type(error).__name__}, status_code=500)


@router.get("/flag")
def flag() -> dict[str, bool]:
    try:
        run_report()
    except OSError as error:
        return {"failed": bool(error)}
    return {"failed": False}
