"""Passwords as they were typed."""
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException
from pydantic import BaseModel, Field
from sqlmodel import Session

from shop.database import find_user, get_session
from shop.models import Member, User

app = FastAPI()
DatabaseSession = Annotated[Session, Depends(get_session)]


class SignUp(BaseModel):
    email: str
    password: str = Field(min_length=15)


@app.post("/users")
def sign_up(body: SignUp, session: DatabaseSession) -> dict[str, str]:
    user = User(email=body.email, password=body.password)  # expect: MRL119
    session.add(user)
    session.commit()
    return {"email": user.email}


@app.post("/members")
def join(body: SignUp, session: DatabaseSession) -> dict[str, str]:
    session.add(Member(name=body.email, password=body.password))  # expect: MRL119
    session.commit()
    return {"name": body.email}


def log_in(session: Session, email: str, password: str) -> User:
    user = find_user(session, email)
    if user is None or user.password != password:  # expect: MRL115, MRL119
        raise HTTPException(401, "Wrong e-mail address or password")
    return user


def check(row: dict[str, str], password: str) -> bool:
    return row["password"] == password  # expect: MRL115, MRL119


def store(session: Session, user: User) -> None:
    session.add(user)


def sign_up_through_helper(session: Session, body: SignUp) -> None:
    store(session, User(email=body.email, password=body.password))  # expect-missing: MRL119 (needs flow into `store`)


def change(session: Session, user: User, body: SignUp) -> None:
    user.password = body.password  # expect-missing: MRL119 (an attribute set on a stored object)
    session.commit()
