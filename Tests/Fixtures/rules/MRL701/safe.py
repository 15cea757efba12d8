"""Names that sound secret, and values that are none."""
import os
import secrets
from typing import Literal

from pydantic import BaseModel, Field, SecretStr
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    secret_key: SecretStr
    database_password: str = Field(min_length=12)
    token_url: str = "/token"
    api_key_header: str = "X-API-Key"


SECRET_KEY = os.environ["SECRET_KEY"]
PROCESS_KEY = secrets.token_hex(32)
SECRET_NAME = "projects/shop/secrets/jwt"
TOKEN_URL = "https://id.example.com/token"
PASSWORD_FIELD = "password"
PASSWORD_PATTERN = r"^(?=.*\d).{15,}$"
API_KEY = ""
SESSION_TOKEN: str | None = None
POSTHOG_API_KEY = "phc_4eC39HqLyjWDarjtT1zdp7dc4eC39HqLyjWD"
STRIPE_API_KEY = "pk_live_4eC39HqLyjWDarjtT1zdp7dc"
DB_PASSWORD = "${DB_PASSWORD}"
TOKEN_TYPE = "bearer"
CSRF_TOKEN = "csrf_token"
PAD_TOKEN = "<pad>"
ERROR_INVALID_TOKEN = "The token is not valid"
MAX_TOKENS = 4096


class TokenAnswer(BaseModel):
    access_token: str
    token_type: Literal["bearer"] = "bearer"


def read_password(path: str) -> str:
    password = open(path).read().strip()
    return password


def ask() -> dict[str, str]:
    secret_prompt = "Please type your secret"
    return {"password": "Your password", "hint": secret_prompt}


PLACES = [
    "postgresql://shop:shop@db.internal/shop",
    "postgresql://user:q7RzW2kLm9Xv@localhost/shop",
    "https://user:pa55w0rd1234@shop.example.com/",
    r"^https?://[^:]+:[a-z0-9]{12,}@[^/]+$",
    "sk_live_xxxxxxxxxxxxxxxxxxxx",
    r"AIza[0-9A-Za-z\-_]{35}",
]
