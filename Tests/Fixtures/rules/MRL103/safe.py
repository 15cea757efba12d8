"""`none` in places where it means something else."""
from datetime import UTC, datetime, timedelta

import jwt

from shop.settings import settings

SAME_SITE = "none"
REFUSED_ALGORITHMS = {"none", "HS1"}


def accept(token: str) -> dict:
    if jwt.get_unverified_header(token).get("alg", "none").lower() in REFUSED_ALGORITHMS:
        raise ValueError("unsigned token")
    return jwt.decode(token, settings.jwt_key, algorithms=["HS256"])


def issue(user_id: int) -> str:
    claims = {"sub": str(user_id), "prompt": "none", "exp": datetime.now(UTC) + timedelta(minutes=5)}
    return jwt.encode(claims, settings.jwt_key, algorithm="HS256")


def authorization_url(base: str) -> str:
    # `prompt=none` is a parameter of OpenID Connect.
    return f"{base}?prompt=none&response_mode=query"


def compress(data: bytes, algorithm: str | None = "none") -> bytes:
    return data if algorithm in (None, "none") else data[:]


def store(data: bytes) -> bytes:
    return compress(data, algorithm="none")
