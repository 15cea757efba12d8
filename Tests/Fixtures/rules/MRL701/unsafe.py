"""Secrets in the source."""
import hmac
from datetime import UTC, datetime, timedelta

import httpx
import jwt
from pydantic import SecretStr
from sqlalchemy import create_engine

SECRET_KEY = "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7"  # expect: MRL701
JWT_SECRET: str = "qM7hT2vX9pL4wR8nY3kB6dF1sG5jZ0cA"  # expect: MRL701
SESSION_KEY = b"f2c8d4a1b7e39065a8c1d2e3f4b5a697"  # expect: MRL701
DB_PASSWORD = "Tr0ub4dor-Hexagon"  # expect: MRL701
admin_api_key = "ak_9f8e7d6c5b4a39281706f5e4d3c2b1a0"  # expect: MRL701
WEBHOOK_SECRET = SecretStr("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")  # expect: MRL701


class PaymentClient:
    api_key = "live_4eC39HqLyjWDarjtT1zdp7dc4eC39H"  # expect: MRL701

    def __init__(self) -> None:
        self.access_token = "ya29.a0AfH6SMBx7Qd9rN2vKpL8mZ"  # expect: MRL701


def sign(data: bytes) -> str:
    return hmac.new(SESSION_KEY, data, "sha256").hexdigest()


def make_token(user_id: int) -> str:
    claims = {"sub": str(user_id), "exp": datetime.now(UTC) + timedelta(minutes=5)}
    return jwt.encode(claims, SECRET_KEY, algorithm="HS256")


def call(url: str) -> httpx.Response:
    return httpx.post(url, auth=("shop", DB_PASSWORD), headers={"X-API-Key": admin_api_key})


HEADERS = {"Authorization": "Bearer ya29.a0AfH6SMBx7Qd9rN2vKpL8mZ"}  # expect-missing: MRL701 (a value of a dictionary)
ENGINE = create_engine("postgresql+asyncpg://shop:q7RzW2kLm9Xv@db.internal/shop")  # expect: MRL701
STRIPE = "sk_live_4eC39HqLyjWDarjtT1zdp7dc"  # expect: MRL701
