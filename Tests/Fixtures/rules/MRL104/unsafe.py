"""One key for HMAC and for public-key algorithms."""
import jwt
from jose import jwt as jose  # expect: MRL601
from jwt import decode

from shop.settings import settings

SYMMETRIC = ["HS256"]
ACCEPTED = ["HS512", "ES256", "EdDSA"]


def literal(token: str) -> dict:
    return jwt.decode(token, settings.public_key, algorithms=["RS256", "HS256"])  # expect: MRL104


def constant(token: str) -> dict:
    return decode(token, settings.public_key, ACCEPTED, audience="shop")  # expect: MRL104


def with_tuple(token: str) -> dict:
    return jwt.decode(token, key=settings.public_key, algorithms=("PS256", "HS384"))  # expect: MRL104


def joined(token: str) -> dict:
    return jwt.decode(token, settings.public_key, algorithms=SYMMETRIC + ["RS256"])  # expect: MRL104


def with_jose(token: str) -> dict:
    return jose.decode(token, settings.public_key, algorithms=["HS256", "RS256"])  # expect: MRL104


def all_of_them(token: str) -> dict:
    return jwt.decode(token, settings.public_key, algorithms=list(jwt.algorithms.get_default_algorithms()))  # expect-missing: MRL104 (needs the library's own list)
