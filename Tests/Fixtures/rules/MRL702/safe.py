"""Secrets without a default, and defaults of what is no secret."""
import os
import secrets

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    secret_key: SecretStr
    jwt_secret: str = Field(min_length=32)
    smtp_password: str | None = None
    sentry_token: str = ""
    algorithm: str = "HS256"
    token_url: str = "/token"
    api_key_header: str = "X-API-Key"
    password_min_length: int = 15
    session_key: str = Field(default_factory=lambda: secrets.token_hex(32))


SECRET_KEY = os.environ["SECRET_KEY"]
API_KEY = os.getenv("SHOP_API_KEY")
MAIL_PASSWORD = os.getenv("MAIL_PASSWORD", "")
REGION = os.getenv("REGION", "eu-central-1")
TOKEN_LIFETIME = os.getenv("TOKEN_LIFETIME", "900")
TOKEN_URL = os.environ.get("TOKEN_URL", "https://id.example.com/token")
SECRET_FILE = os.environ.get("SECRET_KEY_FILE", "/run/secrets/key")
PASSWORD_HASHER = os.getenv("PASSWORD_HASHER", "argon2")
RANDOM_KEY = os.getenv("SESSION_KEY") or secrets.token_hex(32)


def required() -> str:
    key = os.getenv("SIGNING_KEY")
    if not key:
        raise SystemExit("set SIGNING_KEY")
    return key
