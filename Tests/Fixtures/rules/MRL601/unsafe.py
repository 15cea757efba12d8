"""python-jose."""
from jose import JWTError, jwt  # expect: MRL601
from jose.constants import ALGORITHMS

from shop.settings import settings


def read(token: str) -> dict | None:
    try:
        return jwt.decode(token, settings.jwt_key, algorithms=[ALGORITHMS.HS256])
    except JWTError:
        return None
