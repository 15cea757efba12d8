from typing import Annotated

import jwt
from fastapi import APIRouter, Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy import create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from shop.settings import settings


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    role: Mapped[str]


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int]
    total: Mapped[float]


class Product(Base):
    __tablename__ = "products"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


engine = create_engine("sqlite://")


def get_db():
    with Session(engine) as db:
        yield db


Database = Annotated[Session, Depends(get_db)]


def current_user(
    credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())], db: Database
) -> User:
    try:
        claims = jwt.decode(
            credentials.credentials, settings.jwt_key, algorithms=["HS256"], options={"require": ["exp", "sub"]}
        )
    except jwt.InvalidTokenError:
        raise HTTPException(401, "Invalid token") from None
    user = db.get(User, int(claims["sub"]))
    if user is None:
        raise HTTPException(401, "Unknown user")
    return user


CurrentUser = Annotated[User, Depends(current_user)]


def require_admin(user: CurrentUser) -> User:
    if user.role != "admin":
        raise HTTPException(403, "Not allowed")
    return user


Admin = Annotated[User, Depends(require_admin)]
app = FastAPI()


@app.get("/users/{number}")
def read_public_profile(number: int) -> int:  # a number: the other address is refused with 422
    return number


@app.get("/users/export")
def export(admin: Admin) -> list[str]:
    return []


@app.get("/files/{name}")
def read_file(name: str, admin: Admin) -> str:
    return name


@app.get("/files/secret")
def read_secret_file(admin: Admin) -> str:
    return "secret"


@app.post("/groups/{name}")
def create_group(name: str, user: CurrentUser) -> str:  # another method
    return name


@app.get("/groups/all")
def all_groups(admin: Admin) -> list[str]:
    return []
