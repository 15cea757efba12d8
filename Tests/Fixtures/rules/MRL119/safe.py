"""Passwords that are hashed, sent on, or not stored."""
import httpx
from pwdlib import PasswordHash
from sqlmodel import Session

from shop.database import find_user
from shop.models import User
from shop.schemas import LoginForm, SignUp

hasher = PasswordHash.recommended()


def sign_up(session: Session, body: SignUp) -> User:
    user = User(email=body.email, password=hasher.hash(body.password))
    session.add(user)
    return user


def sign_up_in_steps(session: Session, body: SignUp) -> User:
    password = hasher.hash(body.password)
    user = User(email=body.email, password=password)
    session.add(user)
    return user


def log_in(session: Session, form: LoginForm) -> User | None:
    user = find_user(session, form.email)
    if user is None or not hasher.verify(form.password, user.password):
        return None
    return user


def forward(form: LoginForm) -> httpx.Response:
    # The identity provider asks for it; nothing is kept.
    return httpx.post("https://id.example.com/login", json=dict(user=form.email, password=form.password), timeout=5)


def connect(user: str, password: str, pool: set) -> None:
    # A connection, not an account.
    pool.add(Connection(user=user, password=hasher.hash(password)))


class Connection:
    def __init__(self, user: str, password: str) -> None:
        self.user = user
