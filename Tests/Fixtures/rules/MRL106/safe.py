"""Expiry that is checked."""
import jwt
from fastapi import HTTPException

from shop.settings import settings


def default(token: str) -> dict:
    return jwt.decode(token, settings.jwt_key, algorithms=["HS256"])


def explicit(token: str) -> dict:
    return jwt.decode(
        token, settings.jwt_key, algorithms=["HS256"], options={"verify_exp": True, "require": ["exp"]}, leeway=10
    )


def not_before_only(token: str) -> dict:
    # A clock that runs behind: `exp` is checked all the same.
    return jwt.decode(token, settings.jwt_key, algorithms=["HS256"], options={"verify_nbf": False})


def by_setting(token: str) -> dict:
    return jwt.decode(token, settings.jwt_key, algorithms=["HS256"], options={"verify_exp": settings.check_expiry})


def check_card(number: str, options: dict[str, bool]) -> bool:
    return options.get("verify_exp", True) and number.isdigit()


def is_card(number: str) -> bool:
    # The expiry of a card, not of a token.
    return check_card(number, options={"verify_exp": False})


def read_or_refuse(token: str) -> dict:
    try:
        return default(token)
    except jwt.ExpiredSignatureError:
        raise HTTPException(401, "Log in again") from None
