"""Tokens that are good for ever."""
import uuid
from datetime import UTC, datetime

import jwt
import jwt as pyjwt
from fastapi import APIRouter, Form
from jwt import encode

from shop.settings import settings

router = APIRouter()


def make_refresh_token(user_id: int) -> str:
    payload = {"sub": str(user_id), "typ": "refresh", "jti": uuid.uuid4().hex}
    return jwt.encode(payload, settings.jwt_key, algorithm="HS256")  # expect: MRL105


def make_device_token(device: str) -> str:
    return pyjwt.encode({"sub": device, "iat": datetime.now(UTC)}, settings.jwt_key, "HS256")  # expect: MRL105


def make_api_token(user_id: int, scopes: list[str]) -> str:
    claims = dict(sub=str(user_id), scope=" ".join(scopes))
    return encode(payload=claims, key=settings.jwt_key, algorithm="HS256")  # expect: MRL105


def make_invitation(email: str, role: str) -> str:
    claims: dict[str, str] = {"sub": email}
    claims["role"] = role
    return encode(claims, settings.jwt_key, algorithm="HS256")  # expect: MRL105


@router.post("/login")
def log_in(username: str = Form(max_length=100)) -> dict[str, str]:
    token = jwt.encode({"sub": username}, settings.jwt_key, algorithm="HS256")  # expect: MRL105
    return {"access_token": token, "token_type": "bearer"}


def claims_of(user_id: int) -> dict[str, str]:
    return {"sub": str(user_id)}


def make_session_token(user_id: int) -> str:
    return jwt.encode(claims_of(user_id), settings.jwt_key, algorithm="HS256")  # expect-missing: MRL105 (needs return-value flow)
