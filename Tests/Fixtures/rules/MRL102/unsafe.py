"""Tokens that choose their algorithm."""
import jwt
from fastapi import HTTPException
from jose import jwt as jose_jwt  # expect: MRL601
from jwt import decode, get_unverified_header

from shop.settings import settings

ANY_ALGORITHM = None


def from_header(token: str) -> dict:
    algorithm = jwt.get_unverified_header(token)["alg"]
    return jwt.decode(token, settings.jwt_key, algorithms=[algorithm])  # expect: MRL102


def from_header_inline(token: str) -> dict:
    return decode(token, settings.jwt_key, [get_unverified_header(token)["alg"]])  # expect: MRL102


def from_header_get(token: str) -> dict:
    header = get_unverified_header(token)
    try:
        return decode(token, key=settings.jwt_key, algorithms=[header.get("alg", "HS256")])  # expect: MRL102
    except jwt.InvalidTokenError:
        raise HTTPException(401, "Invalid token") from None


def without_list(token: str) -> dict:
    return jose_jwt.decode(token, settings.jwt_key)  # expect: MRL102


def with_none(token: str) -> dict:
    return jose_jwt.decode(token, settings.jwt_key, algorithms=ANY_ALGORITHM)  # expect: MRL102


def first_version_of_pyjwt(token: str) -> dict:
    return jwt.decode(token, settings.jwt_key, audience="shop")  # expect: MRL102


def algorithm_of(token: str) -> str:
    return get_unverified_header(token)["alg"]


def through_a_helper(token: str) -> dict:
    return jwt.decode(token, settings.jwt_key, algorithms=[algorithm_of(token)])  # expect-missing: MRL102 (needs return-value flow)
