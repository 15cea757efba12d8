"""Fast hashes of what is long and random, and slow ones of passwords."""
import hashlib
from pathlib import Path

from pwdlib import PasswordHash

hasher = PasswordHash.recommended()


def hash_password(password: str) -> str:
    return hasher.hash(password)


def derive(password: str, salt: bytes) -> bytes:
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 600_000)


def hash_api_key(api_key: str) -> str:
    # 256 random bits: nobody guesses them at any speed.
    return hashlib.sha256(api_key.encode()).hexdigest()


def etag(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def breach_prefix(passport_number: str) -> str:
    return hashlib.sha256(passport_number.encode()).hexdigest()[:5]


def cache_key(password_policy: str, page: int) -> str:
    return hashlib.sha256(f"{password_policy}:{page}".encode()).hexdigest()
