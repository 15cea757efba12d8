"""Failure that refuses, or that leaves the caller anonymous on purpose."""
import logging
from typing import Annotated

import jwt
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from shop.database import User, cache, load_user
from shop.settings import settings

logger = logging.getLogger(__name__)
app = FastAPI()
bearer = HTTPBearer(auto_error=False)
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]


def current_user(credentials: Credentials) -> User:
    if credentials is None:
        raise HTTPException(401, "Not authenticated")
    try:
        claims = jwt.decode(credentials.credentials, settings.jwt_key, algorithms=["HS256"])
    except jwt.ExpiredSignatureError:
        raise HTTPException(401, "Log in again") from None
    except jwt.InvalidTokenError as error:
        logger.info("refused a token: %s", type(error).__name__)
        raise HTTPException(401, "Invalid token") from error
    return load_user(int(claims["sub"]))


def optional_user(credentials: Credentials) -> User | None:
    # Pages that greet known users and serve all others.
    try:
        return current_user(credentials)
    except HTTPException:
        return None


def is_valid(token: str) -> bool:
    try:
        jwt.decode(token, settings.jwt_key, algorithms=["HS256"])
    except jwt.InvalidTokenError:
        return False
    return True


def cached_user(user_id: int) -> User:
    # What fails here is a cache, not a check.
    try:
        user = cache.get(user_id)
    except ConnectionError:
        user = load_user(user_id)
    return user


def decode_or_reraise(token: str) -> dict:
    try:
        return jwt.decode(token, settings.jwt_key, algorithms=["HS256"])
    except jwt.InvalidTokenError:
        logger.info("refused a token")
        raise
