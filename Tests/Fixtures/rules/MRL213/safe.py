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


from fastapi import Security
from fastapi.security import SecurityScopes


def scoped_user(wanted: SecurityScopes, user: CurrentUser) -> User:
    if not set(wanted.scopes) <= {user.role}:
        raise HTTPException(403, "Not allowed")
    return user


def staff_user(user: Annotated[User, Depends(scoped_user)]) -> User:
    return user


@app.get("/direct")
def direct(user: Annotated[User, Security(scoped_user, scopes=["staff"])]) -> int:
    return user.id


# Read one step further down.
@app.get("/below")
def below(user: Annotated[User, Security(staff_user, scopes=["staff"])]) -> int:
    return user.id


# No scopes, nothing to read.
@app.get("/plain")
def plain(user: Annotated[User, Security(current_user)]) -> int:
    return user.id
