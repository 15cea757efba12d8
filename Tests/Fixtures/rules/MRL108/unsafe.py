"""Keys that can be searched for."""
from datetime import UTC, datetime, timedelta

import jwt
from jwt import decode, encode

from shop.settings import settings

SIGNING = "larkspur"
PREFIX = "shop-"


def claims_of(user_id: int) -> dict:
    return {"sub": str(user_id), "exp": datetime.now(UTC) + timedelta(minutes=5)}


def literal(user_id: int) -> str:
    return jwt.encode(claims_of(user_id), "s3cr3t", algorithm="HS256")  # expect: MRL108, MRL701


def default_algorithm(user_id: int) -> str:
    return encode(claims_of(user_id), "0123456789abcdef")  # expect: MRL108, MRL701


def constant(token: str) -> dict:
    return decode(token, SIGNING, algorithms=["HS256"])  # expect: MRL108


def as_bytes(token: str) -> dict:
    return jwt.decode(token, key=b"0123456789abcdef0123456789abcde", algorithms=["HS256"])  # expect: MRL108, MRL701


def joined(user_id: int) -> str:
    return jwt.encode(claims_of(user_id), PREFIX + "signing", algorithm="HS256")  # expect: MRL108


def longer_hash(user_id: int) -> str:
    # Enough for HS256, not for HS512.
    return jwt.encode(claims_of(user_id), "0123456789abcdef0123456789abcdef", algorithm="HS512")  # expect: MRL108, MRL701
