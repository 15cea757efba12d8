"""Broken hashes that protect something."""
import hashlib
from hashlib import md5, new, sha1

from cryptography.hazmat.primitives import hashes

from shop.settings import settings


def sign_download(path: str) -> str:
    signature = hashlib.md5(f"{settings.download_key}{path}".encode()).hexdigest()  # expect: MRL703
    return f"{path}?signature={signature}"


def make_token(user_id: int) -> str:
    return md5(f"{user_id}:{settings.salt}".encode()).hexdigest()  # expect: MRL703


def session_id(user_id: int, now: float) -> str:
    return sha1(f"{user_id}{now}".encode()).hexdigest()  # expect: MRL703


def sign_by_name(data: bytes) -> str:
    return new("sha1", settings.secret + data).hexdigest()  # expect: MRL703


def csrf_token(session: str) -> str:
    digest = hashlib.sha1(usedforsecurity=True)  # expect: MRL703
    digest.update(session.encode())
    return digest.hexdigest()
