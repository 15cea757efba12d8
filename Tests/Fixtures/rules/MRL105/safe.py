"""Tokens that end, in all the ways that people write it."""
import time
from datetime import UTC, datetime, timedelta

import jwt
from pydantic import BaseModel

from shop.settings import settings


class Claims(BaseModel):
    sub: str
    exp: datetime


def direct(user_id: int) -> str:
    return jwt.encode(
        {"sub": str(user_id), "exp": datetime.now(UTC) + timedelta(minutes=15)}, settings.jwt_key, algorithm="HS256"
    )


def as_number(user_id: int) -> str:
    claims = dict(sub=str(user_id), exp=int(time.time()) + 900)
    return jwt.encode(claims, settings.jwt_key, algorithm="HS256")


def added_later(data: dict[str, str], lifetime: timedelta | None = None) -> str:
    to_encode = data.copy()
    expire = datetime.now(UTC) + (lifetime or timedelta(minutes=15))
    to_encode.update({"exp": expire})
    return jwt.encode(to_encode, settings.jwt_key, algorithm="HS256")


def set_item(user_id: int) -> str:
    claims = {"sub": str(user_id)}
    claims["exp"] = int(time.time()) + 60
    return jwt.encode(claims, settings.jwt_key, algorithm="HS256")


def given(claims: dict[str, str]) -> str:
    # Whoever calls this decides; what cannot be seen here is not judged.
    return jwt.encode(claims, settings.jwt_key, algorithm="HS256")


def from_model(user_id: int) -> str:
    claims = Claims(sub=str(user_id), exp=datetime.now(UTC) + timedelta(minutes=15))
    return jwt.encode(claims.model_dump(), settings.jwt_key, algorithm="HS256")


def with_defaults(user_id: int) -> str:
    return jwt.encode({**settings.default_claims, "sub": str(user_id)}, settings.jwt_key, algorithm="HS256")
