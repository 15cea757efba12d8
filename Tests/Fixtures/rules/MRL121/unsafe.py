"""Password hashes that cost too little."""
import hashlib
from hashlib import pbkdf2_hmac

import bcrypt
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from passlib.context import CryptContext  # expect: MRL602

ROUNDS = 4
ITERATIONS = 1000

context = CryptContext(schemes=["bcrypt"], bcrypt__rounds=6)  # expect: MRL121


def with_bcrypt(password: str) -> bytes:
    return bcrypt.hashpw(password.encode(), bcrypt.gensalt(rounds=8))  # expect: MRL121


def by_constant(password: str) -> bytes:
    salt = bcrypt.gensalt(ROUNDS)  # expect: MRL121
    return bcrypt.hashpw(password.encode(), salt)


def with_pbkdf2(password: str, salt: bytes) -> bytes:
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt, ITERATIONS)  # expect: MRL121


def by_keyword(password: str, salt: bytes) -> bytes:
    return pbkdf2_hmac(hash_name="sha512", password=password.encode(), salt=salt, iterations=10_000)  # expect: MRL121


def with_cryptography(password: bytes, salt: bytes) -> bytes:
    function = PBKDF2HMAC(algorithm=hashes.SHA256(), length=32, salt=salt, iterations=5000)  # expect: MRL121
    return function.derive(password)


def with_scrypt(password: bytes, salt: bytes) -> bytes:
    return hashlib.scrypt(password, salt=salt, n=1024, r=8, p=1)  # expect: MRL121
