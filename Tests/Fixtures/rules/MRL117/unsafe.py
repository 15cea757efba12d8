"""Failure that opens the door."""
import logging
from typing import Annotated

import jwt
from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from shop.database import User, load_user, verify_session
from shop.settings import settings

logger = logging.getLogger(__name__)
app = FastAPI()
bearer = HTTPBearer(auto_error=False)


def current_user(credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)]) -> User:
    try:
        claims = jwt.decode(credentials.credentials, settings.jwt_key, algorithms=["HS256"])
        return load_user(int(claims["sub"]))
    except Exception:  # expect: MRL117
        logger.warning("token could not be read")
        return User(id=0, role="admin")


def is_authenticated(token: str) -> bool:
    try:
        jwt.decode(token, settings.jwt_key, algorithms=["HS256"])
    except jwt.ExpiredSignatureError:
        return False
    except Exception:  # expect: MRL117
        return True
    return True


@app.middleware("http")
async def require_token(request: Request, call_next):
    try:
        token = request.headers["Authorization"].removeprefix("Bearer ")
        request.state.claims = jwt.decode(token, settings.jwt_key, algorithms=["HS256"])
    except (KeyError, jwt.InvalidTokenError):  # expect: MRL117
        pass
    return await call_next(request)


@app.middleware("http")
async def check_session(request: Request, call_next):
    try:
        if not await verify_session(request.cookies["session"]):
            raise HTTPException(401, "Log in first")
    except Exception:  # expect: MRL117
        return await call_next(request)
    return await call_next(request)
