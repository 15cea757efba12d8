from urllib.parse import urlencode

import jwt
from fastapi import APIRouter, HTTPException, status
from fastapi.responses import PlainTextResponse, RedirectResponse
from sqlalchemy import select

from shop import security
from shop.config import get_settings
from shop.dependencies import Database
from shop.models import User

router = APIRouter(prefix="/sso", tags=["sso"])


@router.get("/login")
def sso_login(next: str = "/") -> RedirectResponse:
    query = urlencode({"client_id": "shop", "response_type": "code", "redirect_uri": next})
    return RedirectResponse(f"{get_settings().idp_authorize_url}?{query}")


@router.get("/key")
def sso_key() -> PlainTextResponse:
    return PlainTextResponse(security.SSO_PUBLIC_KEY)


@router.get("/callback")
def sso_callback(token: str, db: Database, next: str = "/") -> RedirectResponse:
    try:
        claims = security.decode_sso_token(token)
    except jwt.PyJWTError as error:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Sign-in failed") from error
    user = db.scalar(select(User).where(User.email == claims["email"]))
    if user is None:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Sign-in failed")
    response = RedirectResponse(next, status_code=status.HTTP_303_SEE_OTHER)
    response.set_cookie(
        "session",
        security.create_access_token(user.id, user.role),
        httponly=True,
        secure=True,
        samesite="lax",
    )
    return response
