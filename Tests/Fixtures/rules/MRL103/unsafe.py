"""Tokens without a signature."""
from datetime import UTC, datetime, timedelta

import jwt
from authlib.jose import JsonWebToken
from jwt import decode as decode_jwt, encode as encode_jwt

from shop.settings import settings

ALGORITHMS = ["HS256", "none"]
UNSIGNED = "NONE"


def accept(token: str) -> dict:
    return jwt.decode(token, settings.jwt_key, algorithms=["HS256", "none"])  # expect: MRL103


def accept_by_constant(token: str) -> dict:
    return decode_jwt(token, settings.jwt_key, ALGORITHMS)  # expect: MRL103


def issue(user_id: int) -> str:
    claims = {"sub": str(user_id), "exp": datetime.now(UTC) + timedelta(minutes=5)}
    return jwt.encode(claims, "", algorithm="none")  # expect: MRL103


def issue_positional(user_id: int) -> str:
    claims = {"sub": str(user_id), "exp": datetime.now(UTC) + timedelta(minutes=5)}
    return encode_jwt(claims, None, UNSIGNED)  # expect: MRL103


def issue_with_none(user_id: int) -> str:
    claims = {"sub": str(user_id), "exp": datetime.now(UTC) + timedelta(minutes=5)}
    return jwt.encode(payload=claims, key="", algorithm=None)  # expect: MRL103


tokens = JsonWebToken(["HS256", "none"])  # expect-missing: MRL103 (authlib keeps the list in an object)
