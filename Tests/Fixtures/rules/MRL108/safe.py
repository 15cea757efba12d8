"""Keys that are long enough, or whose length is not to be seen."""
import os
import secrets
from datetime import UTC, datetime, timedelta

import jwt

from shop.settings import settings

PUBLIC_KEY = """-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
-----END PUBLIC KEY-----"""
PROCESS_KEY = secrets.token_bytes(32)


def claims_of(user_id: int) -> dict:
    return {"sub": str(user_id), "exp": datetime.now(UTC) + timedelta(minutes=5)}


def from_settings(user_id: int) -> str:
    return jwt.encode(claims_of(user_id), settings.jwt_key, algorithm="HS256")


def from_environment(user_id: int) -> str:
    return jwt.encode(claims_of(user_id), os.environ["JWT_KEY"], algorithm="HS256")


def made_at_start(user_id: int) -> str:
    return jwt.encode(claims_of(user_id), PROCESS_KEY, algorithm="HS256")


def public_key(token: str) -> dict:
    # Short, but no HMAC key.
    return jwt.decode(token, PUBLIC_KEY, algorithms=["EdDSA"])


def path_of_a_key(token: str) -> dict:
    return jwt.decode(token, open("ed25519.pub").read(), algorithms=["EdDSA"])
