"""Costs that are high enough, and round counts of other things."""
import hashlib

import bcrypt
from pwdlib import PasswordHash

from shop.settings import settings

hasher = PasswordHash.recommended()


def with_default(password: str) -> bytes:
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt())


def explicit(password: str) -> bytes:
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(rounds=13))


def by_setting(password: str) -> bytes:
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(rounds=settings.bcrypt_rounds))


def with_pbkdf2(password: str, salt: bytes) -> bytes:
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 600_000)


def with_scrypt(password: bytes, salt: bytes) -> bytes:
    return hashlib.scrypt(password, salt=salt, n=2**17, r=8, p=1)


def play(rounds: int = 3) -> list[int]:
    return list(range(rounds))


result = play(rounds=5)
