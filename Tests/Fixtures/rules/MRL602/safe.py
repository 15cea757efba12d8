"""Libraries that are kept."""
import bcrypt
from argon2 import PasswordHasher
from pwdlib import PasswordHash

from shop import passlib_migration

hasher = PasswordHash.recommended()
argon = PasswordHasher()


def hash_password(password: str) -> str:
    return hasher.hash(password)


def verify_old(password: str, stored: bytes) -> bool:
    return bcrypt.checkpw(password.encode(), stored) or passlib_migration.verify(password, stored)


def note() -> str:
    return "hashes of passlib are read by pwdlib"
