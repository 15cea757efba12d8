"""Tokens of the till terminals in the stores, which still run the 2019 client."""

from datetime import UTC, datetime, timedelta

from jose import jwt

from shop.config import get_settings


def create_terminal_token(terminal: str, user_id: int) -> str:
    expires = datetime.now(UTC) + timedelta(hours=12)
    claims = {"sub": str(user_id), "terminal": terminal, "exp": expires}
    return jwt.encode(claims, get_settings().secret_key, algorithm="HS256")


def decode_terminal_token(token: str) -> dict:
    return jwt.decode(token, get_settings().secret_key, algorithms=["HS256"])
