"""A `kid` that only chooses among keys that we have."""
import jwt
from fastapi import HTTPException

from shop.settings import settings

KEYS = {"2026-01": settings.old_key, "2026-07": settings.new_key}
jwks = jwt.PyJWKClient(settings.jwks_url)


def from_dictionary(token: str) -> dict:
    kid = jwt.get_unverified_header(token).get("kid")
    if kid not in KEYS:
        raise HTTPException(401, "Unknown key")
    return jwt.decode(token, KEYS[kid], algorithms=["HS256"])


def from_client(token: str) -> dict:
    key = jwks.get_signing_key(jwt.get_unverified_header(token)["kid"])
    return jwt.decode(token, key, algorithms=["RS256"])


def from_set(token: str, key_set: jwt.PyJWKSet) -> dict:
    header = jwt.get_unverified_header(token)
    return jwt.decode(token, key_set[header["kid"]], algorithms=["RS256"])


def own_header(payload: dict, key: str) -> str:
    # A header that we write ourselves.
    headers = {"kid": "2026-07", "jku": settings.jwks_url}
    return jwt.encode(payload, key, algorithm="RS256", headers=headers)


def certificate(document: dict) -> str:
    # A document of ours, not a token's header.
    return document["x5u"]
