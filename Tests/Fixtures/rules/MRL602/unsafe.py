"""passlib."""
from passlib.context import CryptContext  # expect: MRL602
from passlib.hash import argon2

context = CryptContext(schemes=["argon2", "bcrypt"], deprecated="auto")


def hash_password(password: str) -> str:
    return context.hash(password)


def hash_directly(password: str) -> str:
    return argon2.hash(password)
