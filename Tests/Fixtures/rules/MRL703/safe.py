"""Broken hashes that protect nothing, and sound ones."""
import hashlib
import hmac
from pathlib import Path

from shop.settings import settings


def etag(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def cache_key(path: str) -> str:
    return hashlib.md5(path.encode()).hexdigest()


def checksum(path: Path) -> str:
    return hashlib.sha1(path.read_bytes()).hexdigest()


def gravatar(email: str) -> str:
    return hashlib.md5(email.lower().encode()).hexdigest()


def sign(data: bytes) -> str:
    return hmac.new(settings.secret, data, hashlib.sha256).hexdigest()


def github_signature(data: bytes) -> str:
    # HMAC with SHA-1 is what the other side sends, and not known to be broken.
    return hmac.new(settings.secret, data, hashlib.sha1).hexdigest()


def bucket(user_id: int) -> int:
    return int(hashlib.sha256(str(user_id).encode()).hexdigest(), 16) % 100
