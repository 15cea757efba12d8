"""Unverified parts that decide nothing, and text that only looks like a token."""
import base64
import json

import jwt
from fastapi import HTTPException

from shop.settings import KEYS, settings


def read(token: str) -> dict:
    # `kid` chooses among known keys, the decoding verifies.
    kid = jwt.get_unverified_header(token).get("kid")
    if kid not in KEYS:
        raise HTTPException(401, "Unknown key")
    return jwt.decode(token, KEYS[kid], algorithms=["ES256"])


def read_by_issuer(token: str) -> dict:
    body = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    return jwt.decode(token, KEYS[body["iss"]], algorithms=["ES256"], issuer=body["iss"])


def decode_cursor(cursor: str) -> dict:
    # A page's cursor in two parts.
    return json.loads(base64.urlsafe_b64decode(cursor.split(".")[1]))


def extension(filename: str) -> str:
    return filename.split(".")[1]


def image_bytes(data_url: str) -> bytes:
    return base64.b64decode(data_url.split(",")[1])


def version_of(package: str) -> int:
    return int(package.split(".")[1])
