"""Passwords that come from somewhere, or are none."""
import getpass
import os
import secrets

from pwdlib import PasswordHash
from sqlmodel import Session

from shop.models import User

hasher = PasswordHash.recommended()


def create_admin(session: Session) -> str:
    password = secrets.token_urlsafe(16)
    session.add(User(username="admin", password_hash=hasher.hash(password)))
    return password


def create_from_environment(session: Session) -> None:
    session.add(User(username="admin", password_hash=hasher.hash(os.environ["ADMIN_PASSWORD"])))


def create_by_hand(session: Session, username: str) -> None:
    session.add(User(username=username, password_hash=hasher.hash(getpass.getpass())))


def disabled_account(session: Session) -> None:
    # Nobody can log in with an empty hash.
    session.add(User(username="system", password_hash=""))


def is_unchanged(password: str) -> bool:
    # Forms send an empty field when the password stays.
    return password == ""


def grant_type_of(form) -> str:
    return "password" if form.grant_type == "password" else "other"
