"""Claims that are used, or functions that only answer whether a token is good."""
from typing import Annotated

import jwt
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from shop.database import load_user
from shop.settings import settings

app = FastAPI()


def current_user(credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]):
    try:
        claims = jwt.decode(credentials.credentials, settings.jwt_key, algorithms=["HS256"])
    except jwt.InvalidTokenError:
        raise HTTPException(401, "Invalid token") from None
    return load_user(int(claims["sub"]))


def require_token(credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> None:
    # Whoever depends on this needs no identity.
    try:
        jwt.decode(credentials.credentials, settings.jwt_key, algorithms=["HS256"])
    except jwt.InvalidTokenError:
        raise HTTPException(401, "Invalid token") from None


def is_valid(token: str) -> bool:
    try:
        jwt.decode(token, settings.jwt_key, algorithms=["HS256"])
    except jwt.InvalidTokenError:
        return False
    return True


def verify_token(token: str) -> str:
    jwt.decode(token, settings.jwt_key, algorithms=["HS256"])
    return token


def read(token: str) -> dict:
    return jwt.decode(token, settings.jwt_key, algorithms=["HS256"])
