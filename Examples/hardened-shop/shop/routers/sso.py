from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query, Request, status
from fastapi.responses import PlainTextResponse, RedirectResponse
from sqlalchemy import select

from shop.audit import security_event
from shop.config import get_settings
from shop.dependencies import Database, unauthorized
from shop.limits import Throttle
from shop.models import User
from shop.routers.auth import set_session_cookie
from shop.schemas import Landing
from shop.services import sessions, signin

router = APIRouter(prefix="/sso", tags=["sso"])

LANDING_PAGES = {
    Landing.HOME: "/",
    Landing.DELIVERY: "/pages/search?q=delivery",
    Landing.MAKERS: "/pages/search?q=makers",
}
sign_in_throttle = Throttle("sign-in", times=get_settings().logins_per_minute)

Code = Annotated[str, Query(min_length=1, max_length=500)]


@router.get("/login", response_class=RedirectResponse)
def sso_login(request: Request, next: Landing = Landing.HOME) -> RedirectResponse:
    try:
        address, kept = signin.begin()
    except signin.SignInError as error:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "Not available") from error
    request.session["sign-in"] = {**kept, "next": next.value}
    return RedirectResponse(address)


@router.get("/key", response_class=PlainTextResponse)
def sso_key() -> PlainTextResponse:
    return PlainTextResponse(get_settings().idp_public_key or "")


@router.get("/callback", response_class=RedirectResponse, dependencies=[Depends(sign_in_throttle)])
def sso_callback(code: Code, state: Code, request: Request, db: Database) -> RedirectResponse:
    kept = request.session.pop("sign-in", {})
    try:
        email = signin.complete(code, state, kept)
    except signin.SignInError as error:
        security_event("sign-in refused", request)
        raise unauthorized("Sign-in failed") from error
    user = db.scalar(select(User).where(User.email == email))
    if user is None or not user.is_active:
        security_event("sign-in refused", request)
        raise unauthorized("Sign-in failed")
    landing = LANDING_PAGES[Landing(kept["next"])]
    response = RedirectResponse(landing, status_code=status.HTTP_303_SEE_OTHER)
    set_session_cookie(response, sessions.open_session(db, user).access_token)
    security_event("sign-in", request, user=user.id)
    return response
