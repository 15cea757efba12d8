"""Cookies that are protected, or hold nothing worth it."""
import secrets

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from shop.settings import settings

router = APIRouter()
FLAGS = {"secure": True, "httponly": True, "samesite": "lax"}


@router.post("/login")
def log_in(response: Response) -> dict[str, str]:
    response.set_cookie("session", secrets.token_urlsafe(32), secure=True, httponly=True, samesite="strict")
    return {"status": "ok"}


@router.post("/login/flags")
def by_flags(response: Response) -> None:
    response.set_cookie("session", secrets.token_urlsafe(32), **FLAGS)


@router.post("/login/settings")
def by_settings(response: Response) -> None:
    response.set_cookie("session", secrets.token_urlsafe(32), secure=settings.cookie_secure, httponly=True)


@router.post("/theme")
def theme(response: Response) -> None:
    response.set_cookie("theme", "dark", max_age=31_536_000)


@router.get("/form")
def form() -> JSONResponse:
    # A script has to read it and send it back.
    answer = JSONResponse({})
    answer.set_cookie("csrf_token", secrets.token_urlsafe(32), secure=True, samesite="strict")
    return answer


@router.post("/logout")
def log_out(response: Response) -> None:
    response.delete_cookie("session")
