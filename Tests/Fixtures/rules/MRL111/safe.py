"""Claims that sound secret and are none."""
from datetime import UTC, datetime, timedelta

import jwt

from shop.models import User
from shop.settings import settings


def make(user: User) -> str:
    claims = {
        "sub": str(user.id),
        "exp": datetime.now(UTC) + timedelta(minutes=15),
        "password_changed_at": int(user.password_changed_at.timestamp()),
        "must_change_password": user.must_change_password,
        "token_type": "access",
        "card_last4": user.card_last4,
        "csrf": user.csrf_nonce,
        "pin_required": True,
    }
    return jwt.encode(claims, settings.jwt_key, algorithm="HS256")


def reset(user: User) -> str:
    claims = {"sub": user.email, "purpose": "password", "exp": datetime.now(UTC) + timedelta(minutes=15)}
    return jwt.encode(claims, settings.jwt_key, algorithm="HS256")


def credentials_for(service: str) -> dict[str, str]:
    # A dictionary with a password that goes into no token.
    return {"user": service, "password": settings.service_password}
