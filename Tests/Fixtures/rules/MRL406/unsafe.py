"""Answers that hold what nobody should get."""
from typing import Generic, TypeVar

from fastapi import APIRouter, FastAPI
from pydantic import BaseModel, Field
from sqlmodel import SQLModel
from sqlmodel import Field as Column

app = FastAPI()
router = APIRouter()
Row = TypeVar("Row")


class User(BaseModel):
    id: int
    email: str
    hashed_password: str  # expect: MRL406


class Account(SQLModel, table=True):
    id: int | None = Column(default=None, primary_key=True)
    password: str  # expect: MRL406


class Partner(BaseModel):
    name: str
    client_secret: str = Field(max_length=100)  # expect: MRL406


class Device(BaseModel):
    serial: str
    totp_secret: str | None = None  # expect: MRL406


@app.get("/users/{user_id}", response_model=User)
def read_user(user_id: int):
    ...


@app.get("/accounts")
def accounts() -> list[Account]:
    ...


@router.get("/partners/{name}")
async def partner(name: str) -> Partner | None:
    ...


@router.get("/devices", response_model=list[Device])
def devices():
    ...
