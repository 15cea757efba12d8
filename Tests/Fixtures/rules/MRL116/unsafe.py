"""Cookies that scripts read and networks see."""
import secrets
from datetime import timedelta

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse, RedirectResponse

router = APIRouter()
SESSION_COOKIE = "session_id"


@router.post("/login")
def log_in(response: Response) -> dict[str, str]:
    response.set_cookie("session", secrets.token_urlsafe(32))  # expect: MRL116
    return {"status": "ok"}


@router.post("/login/constant")
def by_constant(response: Response) -> None:
    response.set_cookie(key=SESSION_COOKIE, value=secrets.token_urlsafe(32), httponly=True)  # expect: MRL116


@router.post("/login/json")
def with_json() -> JSONResponse:
    answer = JSONResponse({"status": "ok"})
    answer.set_cookie(  # expect: MRL116
        key="access_token",
        value=secrets.token_urlsafe(32),
        secure=True,
        httponly=False,
    )
    return answer


@router.get("/callback")
def callback() -> RedirectResponse:
    answer = RedirectResponse("/")
    lifetime = int(timedelta(days=30).total_seconds())
    answer.set_cookie("refresh_token", secrets.token_urlsafe(32), max_age=lifetime, secure=False, httponly=True)  # expect: MRL116
    return answer


@router.post("/login/named-by-value")
def by_value(response: Response) -> None:
    session_token = secrets.token_urlsafe(32)
    response.set_cookie("sid", session_token, httponly=True, samesite="none")  # expect: MRL116
