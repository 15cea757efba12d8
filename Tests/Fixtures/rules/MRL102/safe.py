"""Lists of algorithms that the service chooses itself."""
import base64
import json

import jwt
from fastapi import HTTPException

from shop.settings import settings

ALGORITHM = "HS256"
ALGORITHMS = [ALGORITHM]
keys = jwt.PyJWKClient(settings.jwks_url)


def constant(token: str) -> dict:
    return jwt.decode(token, settings.jwt_key, algorithms=ALGORITHMS)


def positional(token: str) -> dict:
    return jwt.decode(token, settings.jwt_key, [ALGORITHM])


def from_settings(token: str) -> dict:
    return jwt.decode(token, settings.jwt_key, algorithms=[settings.jwt_algorithm])


def checked_first(token: str) -> dict:
    # The header is looked at, but the list stays ours.
    header = jwt.get_unverified_header(token)
    if header.get("alg") != ALGORITHM:
        raise HTTPException(401, "Unsupported algorithm")
    return jwt.decode(token, settings.jwt_key, algorithms=ALGORITHMS)


def by_key(token: str) -> dict:
    key = keys.get_signing_key_from_jwt(token)
    return jwt.decode(token, key, algorithms=["RS256"], audience="shop")


def with_options(token: str, **options) -> dict:
    # What is passed on may hold the list.
    return jwt.decode(token, settings.jwt_key, **options)


def cursor(text: str) -> dict:
    # Decoding that has nothing to do with tokens.
    return json.loads(base64.b64decode(text))
