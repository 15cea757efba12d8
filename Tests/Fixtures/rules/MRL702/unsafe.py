"""Secrets that have a public default."""
import os
from os import environ, getenv

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings
from starlette.config import Config

DEFAULT = "super-secret-key"
config = Config(".env")


class Settings(BaseSettings):
    secret_key: str = "change-me-in-production"  # expect: MRL702
    jwt_secret: SecretStr = SecretStr("09d25e094faa6ca2556c818166b7a956")  # expect: MRL702
    admin_password: str = Field(default="admin1234")  # expect: MRL702
    partner_api_key: str = Field("ak_9f8e7d6c5b4a3928", max_length=64)  # expect: MRL702
    debug: bool = False


SECRET_KEY = os.getenv("SECRET_KEY", "changeme")  # expect: MRL702
JWT_SECRET = environ.get("JWT_SECRET", DEFAULT)  # expect: MRL702
API_KEY = getenv("SHOP_API_KEY", default="changethis")  # expect: MRL702
ADMIN_PASSWORD = os.environ.get("ADMIN_PASSWORD") or "letmein99"  # expect: MRL702
COOKIE_SECRET = config("COOKIE_SECRET", default="cookie-secret-0815")  # expect-missing: MRL702 (an object that is called)


def signing_key() -> str:
    return os.environ.setdefault("SIGNING_KEY", "insecure-signing-key")  # expect: MRL702


def with_branch() -> str:
    key = os.getenv("ENCRYPTION_KEY")
    if key is None:
        key = "0123456789abcdef0123456789abcdef"  # expect-missing: MRL702 (a default that an `if` assigns)
    return key
