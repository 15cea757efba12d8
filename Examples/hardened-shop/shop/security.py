"""Passwords and tokens."""

import hashlib
import hmac
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from pydantic import SecretStr

from shop.config import get_settings

ALGORITHM = "HS256"
ISSUER = "larkspur"
TOKEN_URL = "/auth/token"
RESET_TOKEN_MINUTES = 30

ACCESS_AUDIENCE = "shop"
REFRESH_AUDIENCE = "shop-refresh"
EMAIL_AUDIENCE = "shop-email"
SHARE_AUDIENCE = "shop-share"
WALLET_AUDIENCE = "shop-wallet"
TERMINAL_AUDIENCE = "shop-terminal"
PARTNER_AUDIENCE = "shop-partner"
SERVICE_AUDIENCE = "shop-service"

password_hash = PasswordHash((Argon2Hasher(),))
UNKNOWN_USER_HASH = password_hash.hash(secrets.token_urlsafe(32))


def hash_password(password: SecretStr) -> str:
    return password_hash.hash(password.get_secret_value())


def verify_password(password: SecretStr, hashed: str | None) -> bool:
    """Takes equally long for an unknown user."""
    correct = password_hash.verify(password.get_secret_value(), hashed or UNKNOWN_USER_HASH)
    return correct and hashed is not None


def make_reset_code() -> tuple[str, str]:
    """The code to send and the digest to keep."""
    code = secrets.token_urlsafe(32)
    return code, digest(code)


def digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def reset_code_matches(code: str, expected: str) -> bool:
    return hmac.compare_digest(digest(code), expected)


def issue(
    subject: str, audience: str, key: SecretStr, lifetime: timedelta, **claims: str | int
) -> str:
    now = datetime.now(UTC)
    payload = {
        **claims,
        "sub": subject,
        "aud": audience,
        "iss": ISSUER,
        "iat": now,
        "exp": now + lifetime,
    }
    return jwt.encode(payload, key.get_secret_value(), algorithm=ALGORITHM)


def verify(token: str, audience: str, key: SecretStr) -> dict[str, Any]:
    return jwt.decode(
        token,
        key.get_secret_value(),
        algorithms=[ALGORITHM],
        audience=audience,
        issuer=ISSUER,
        options={"require": ["exp", "iat", "sub", "aud", "iss"]},
    )


def create_access_token(user_id: int, version: int) -> str:
    settings = get_settings()
    lifetime = timedelta(minutes=settings.access_token_minutes)
    return issue(
        str(user_id), ACCESS_AUDIENCE, settings.access_token_key, lifetime, version=version
    )


def decode_access_token(token: str) -> dict[str, Any]:
    return verify(token, ACCESS_AUDIENCE, get_settings().access_token_key)


def create_refresh_token(user_id: int, session_id: str, expires: timedelta) -> str:
    key = get_settings().refresh_token_key
    return issue(str(user_id), REFRESH_AUDIENCE, key, expires, jti=session_id)


def decode_refresh_token(token: str) -> dict[str, Any]:
    return verify(token, REFRESH_AUDIENCE, get_settings().refresh_token_key)


def create_email_token(email: str) -> str:
    return issue(email, EMAIL_AUDIENCE, get_settings().link_token_key, timedelta(hours=24))


def decode_email_token(token: str) -> dict[str, Any]:
    return verify(token, EMAIL_AUDIENCE, get_settings().link_token_key)


def create_share_token(file_id: int) -> str:
    return issue(str(file_id), SHARE_AUDIENCE, get_settings().link_token_key, timedelta(hours=1))


def decode_share_token(token: str) -> dict[str, Any]:
    return verify(token, SHARE_AUDIENCE, get_settings().link_token_key)


def create_wallet_token(user_id: int, wallet: str) -> str:
    key = get_settings().link_token_key
    return issue(str(user_id), WALLET_AUDIENCE, key, timedelta(minutes=30), wallet=wallet)


def create_terminal_token(user_id: int, terminal: str) -> str:
    key = get_settings().terminal_token_key
    return issue(str(user_id), TERMINAL_AUDIENCE, key, timedelta(hours=12), terminal=terminal)


def decode_terminal_token(token: str) -> dict[str, Any]:
    return verify(token, TERMINAL_AUDIENCE, get_settings().terminal_token_key)


def create_partner_token(partner_id: int) -> str:
    key = get_settings().partner_token_key
    return issue(str(partner_id), PARTNER_AUDIENCE, key, timedelta(hours=1))


def decode_partner_token(token: str) -> dict[str, Any]:
    return verify(token, PARTNER_AUDIENCE, get_settings().partner_token_key)


def decode_service_token(token: str) -> dict[str, Any]:
    """The header's `kid` only chooses among the keys that are configured."""
    keys = get_settings().service_token_keys
    kid = jwt.get_unverified_header(token).get("kid", "")
    if kid not in keys:
        raise jwt.InvalidKeyError("unknown key")
    return verify(token, SERVICE_AUDIENCE, keys[kid])


def decode_id_token(token: str, public_key: str, issuer: str, client_id: str) -> dict[str, Any]:
    return jwt.decode(
        token,
        public_key,
        algorithms=["EdDSA"],
        audience=client_id,
        issuer=issuer,
        options={"require": ["exp", "iat", "sub", "aud", "iss", "nonce", "email"]},
    )
