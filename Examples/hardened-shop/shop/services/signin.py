"""Sign-in at the company's identity provider: authorization code with PKCE, state and nonce."""

import base64
import hashlib
import secrets
from urllib.parse import urlencode

import httpx
import jwt
from pydantic import BaseModel, Field, ValidationError

from shop.config import get_settings
from shop.security import decode_id_token


class SignInError(Exception):
    """The sign-in can't be completed."""


class TokenAnswer(BaseModel):
    id_token: str = Field(max_length=8192)


def redirect_uri() -> str:
    return f"{get_settings().public_url}/sso/callback"


def begin() -> tuple[str, dict[str, str]]:
    """The address to send the browser to, and what to keep in the session."""
    settings = get_settings()
    if settings.idp_url is None:
        raise SignInError
    kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    challenge = hashlib.sha256(kept["verifier"].encode()).digest()
    query = urlencode(
        {
            "client_id": settings.idp_client_id,
            "response_type": "code",
            "scope": "openid email",
            "redirect_uri": redirect_uri(),
            "state": kept["state"],
            "nonce": kept["nonce"],
            "code_challenge": base64.urlsafe_b64encode(challenge).decode().rstrip("="),
            "code_challenge_method": "S256",
        }
    )
    return f"{settings.idp_url}/authorize?{query}", kept


def complete(code: str, state: str, kept: dict[str, str]) -> str:
    """The address of the account that has signed in."""
    settings = get_settings()
    if settings.idp_url is None or settings.idp_public_key is None or not kept:
        raise SignInError
    if not secrets.compare_digest(state.encode(), kept["state"].encode()):
        raise SignInError
    try:
        response = httpx.post(
            f"{settings.idp_url}/token",
            data={
                "grant_type": "authorization_code",
                "client_id": settings.idp_client_id,
                "code": code,
                "redirect_uri": redirect_uri(),
                "code_verifier": kept["verifier"],
            },
            timeout=5,
        )
        response.raise_for_status()
        answer = TokenAnswer.model_validate_json(response.content)
        claims = decode_id_token(
            answer.id_token, settings.idp_public_key, settings.idp_url, settings.idp_client_id
        )
    except (httpx.HTTPError, ValidationError, jwt.PyJWTError) as error:
        raise SignInError from error
    if not secrets.compare_digest(str(claims["nonce"]).encode(), kept["nonce"].encode()):
        raise SignInError
    return str(claims["email"])
