"""Fast hashes of passwords."""
import hashlib
from hashlib import md5, sha256 as digest

from passlib.context import CryptContext  # expect: MRL602
from passlib.hash import md5_crypt

from shop.settings import settings

context = CryptContext(schemes=["md5_crypt"], deprecated="auto")  # expect: MRL120


def with_md5(password: str) -> str:
    return md5(password.encode()).hexdigest()  # expect: MRL120


def with_salt(user, password: str) -> str:
    return hashlib.sha256(f"{user.salt}{password}".encode("utf-8")).hexdigest()  # expect: MRL120


def renamed(form) -> str:
    return digest(form.password.encode()).hexdigest()  # expect: MRL120


def by_name(pwd: str) -> str:
    return hashlib.new("sha1", pwd.encode()).hexdigest()  # expect: MRL120


def with_passlib(password: str) -> str:
    return md5_crypt.hash(password)  # expect: MRL120


def in_steps(password: str) -> str:
    salted = (settings.password_salt + password).encode()
    return hashlib.sha512(salted).hexdigest()  # expect-missing: MRL120 (needs the parts of a local name)


def updated(password: str) -> str:
    state = hashlib.sha256()
    state.update(password.encode())  # expect: MRL120
    return state.hexdigest()
