"""Accounts with passwords from the source."""
from fastapi import FastAPI, Form, HTTPException
from pwdlib import PasswordHash
from sqlmodel import Session

from shop.models import User, create_user

app = FastAPI()
hasher = PasswordHash.recommended()


def seed(session: Session) -> None:
    session.add(User(username="admin", password_hash=hasher.hash("admin")))  # expect: MRL118
    admin = User(email="root@example.com", hashed_password=hasher.hash("letmein"), role="admin")  # expect: MRL118
    session.add(admin)
    create_user(session, username="operator", password="operator")  # expect: MRL118
    session.commit()


@app.post("/maintenance")
def maintenance(user: str = Form(max_length=50), password: str = Form(max_length=100)) -> dict[str, str]:
    if user != "admin" or password != "admin":  # expect: MRL118
        raise HTTPException(401, "Wrong user or password")
    return {"mode": "maintenance"}


def is_backdoor(form) -> bool:
    return form.password == "open sesame"  # expect: MRL115, MRL118


DEFAULT_PASSWORD = "welcome1"  # expect: MRL701


def invite(session: Session, email: str) -> None:
    session.add(User(email=email, password_hash=hasher.hash(DEFAULT_PASSWORD)))  # expect-missing: MRL118 (a user's name that is no literal)
