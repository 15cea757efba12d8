"""Passwords of one letter."""
from typing import Annotated

from pydantic import BaseModel, EmailStr, Field, SecretStr
from sqlmodel import SQLModel


class UserCreate(BaseModel):
    email: EmailStr
    password: str  # expect: MRL124


class RegisterRequest(BaseModel):
    email: EmailStr
    password: SecretStr  # expect: MRL124


class UserBase(SQLModel):
    email: EmailStr


class NewUser(UserBase):
    passwd: str = Field(max_length=128)  # expect: MRL124


class PasswordResetBody(BaseModel):
    code: str
    new_password: Annotated[str, Field(max_length=100)]  # expect: MRL124


class ChangePassword(BaseModel):
    current_password: str
    new_password: str  # expect: MRL124


class AccountCreate(BaseModel):
    password: str = Field(min_length=4, max_length=20)  # expect: MRL124
