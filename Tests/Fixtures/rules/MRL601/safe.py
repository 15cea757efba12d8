"""Other libraries with similar names."""
import josepy
from joserfc import jwe, jwt as rfc_jwt
from authlib.jose import JsonWebKey

import jwt

from shop.jose import helper


def read(token: str, key: str) -> dict:
    return jwt.decode(token, key, algorithms=["HS256"])


def names() -> list[str]:
    return [josepy.__name__, jwe.__name__, rfc_jwt.__name__, JsonWebKey.__name__, helper.__name__, "jose"]
