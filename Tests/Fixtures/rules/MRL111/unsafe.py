"""Secrets in tokens that everyone can read."""
from datetime import UTC, datetime, timedelta

import jwt
from jwt import encode

from shop.models import User
from shop.settings import settings


def lifetime() -> datetime:
    return datetime.now(UTC) + timedelta(minutes=15)


def with_hash(user: User) -> str:
    claims = {"sub": user.email, "exp": lifetime(), "password_hash": user.password_hash}  # expect: MRL111
    return jwt.encode(claims, settings.jwt_key, algorithm="HS256")


def with_password(user: User, password: str) -> str:
    return encode(
        {
            "sub": user.email,
            "password": password,  # expect: MRL111
            "exp": lifetime(),
        },
        settings.jwt_key,
        "HS256",
    )


def with_card(user: User) -> str:
    payload = {"sub": str(user.id), "exp": lifetime(), "creditCard": user.card}  # expect: MRL111
    return jwt.encode(payload=payload, key=settings.jwt_key, algorithm="HS256")


def with_key(partner) -> str:
    claims = dict(sub=partner.name, api_key=partner.api_key, exp=lifetime())  # expect-missing: MRL111 (claims made by `dict(…)`)
    return jwt.encode(claims, settings.jwt_key, algorithm="HS256")


def added(user: User) -> str:
    claims = {"sub": str(user.id), "exp": lifetime()}
    claims["ssn"] = user.social_security_number  # expect-missing: MRL111 (an entry set after the display)
    return jwt.encode(claims, settings.jwt_key, algorithm="HS256")


def everything(user: User) -> str:
    return jwt.encode({**vars(user), "exp": lifetime()}, settings.jwt_key, algorithm="HS256")  # expect-missing: MRL111 (needs the fields of the class)
