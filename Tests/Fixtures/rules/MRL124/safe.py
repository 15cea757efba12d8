"""Passwords with a least length, and models that set none."""
from typing import Annotated

from pydantic import BaseModel, EmailStr, Field, SecretStr, StringConstraints, field_validator
from pydantic_settings import BaseSettings

Password = Annotated[str, StringConstraints(min_length=15, max_length=128)]


class UserCreate(BaseModel):
    email: EmailStr
    password: str = Field(min_length=12, max_length=128)


class RegisterRequest(BaseModel):
    password: Annotated[SecretStr, Field(min_length=15)]


class NewAccount(BaseModel):
    password: Password


class SignUp(BaseModel):
    password: str

    @field_validator("password")
    @classmethod
    def is_long(cls, value: str) -> str:
        if len(value) < 15:
            raise ValueError("at least 15 characters")
        return value


class LoginRequest(BaseModel):
    # At login any text is checked against the hash.
    email: EmailStr
    password: str


class MailSettings(BaseSettings):
    new_relay_password: str


class UserUpdate(BaseModel):
    name: str | None = None
    password_hint: str | None = None
