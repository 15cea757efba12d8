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


"""What strangers may do, and what a guard covers from further away."""

guarded = APIRouter(prefix="/guarded", dependencies=[Depends(current_user)])
included = APIRouter(prefix="/included")


@guarded.delete("/products/{product_id}")
def delete_product(product_id: int, db: Database) -> None:
    db.delete(db.get(Product, product_id))
    db.commit()


@included.put("/products/{product_id}")
def rename(product_id: int, name: str, db: Database) -> None:
    product = db.get(Product, product_id)
    product.name = name
    db.commit()


app.include_router(guarded)
app.include_router(included, dependencies=[Depends(require_admin)])


@app.get("/products")
def list_products(db: Database) -> list[str]:
    return list(db.scalars(select(Product.name)))


@app.get("/health")
def health(db: Database) -> int:
    return len(list(db.scalars(select(User.id))))


@app.get("/orders")
def list_orders(user: CurrentUser, db: Database) -> list[int]:
    return list(db.scalars(select(Order.id).where(Order.owner_id == user.id)))


@app.post("/register")
def register(db: Database) -> int:  # what is made here belongs to nobody yet
    user = User(role="customer")
    db.add(user)
    db.commit()
    return user.id
