"""Decoding that verifies, or that only looks for the key with which to verify."""
import json
from typing import Annotated, Any

import jwt
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    jwt_key: str
    verify_tokens: bool = True


settings = Settings()
app = FastAPI()
KEYS = {"https://id.example.com": "key of id", "https://partner.example.com": "key of partner"}


def read_token(token: str) -> dict[str, Any]:
    try:
        return jwt.decode(token, settings.jwt_key, algorithms=["HS256"], options={"verify_signature": True})
    except jwt.InvalidTokenError:
        raise HTTPException(401, "Invalid token") from None


def read_from_partner(token: str) -> dict[str, Any]:
    # The issuer only chooses the key; the second decoding decides.
    issuer = jwt.decode(token, options={"verify_signature": False}).get("iss")
    key = KEYS.get(issuer)
    if key is None:
        raise HTTPException(401, "Unknown issuer")
    return jwt.decode(token, key, algorithms=["RS256"], issuer=issuer, audience="shop", options={"require": ["exp"]})


def read_by_setting(token: str) -> dict[str, Any]:
    return jwt.decode(
        token, settings.jwt_key, algorithms=["HS256"], options={"verify_signature": settings.verify_tokens}
    )


class Codec:
    """Not a token library: `verify` says whether a checksum is compared."""

    def decode(self, text: str, verify: bool = True) -> dict[str, Any]:
        return json.loads(text)


def read_frame(text: str) -> dict[str, Any]:
    return Codec().decode(text, verify=False)


def decode(payload: str, options: dict[str, bool]) -> dict[str, Any]:
    return json.loads(payload) if options else {}


def read_payload(payload: str) -> dict[str, Any]:
    # A function of this module with a telling name and arguments.
    return decode(payload, options={"verify_signature": False})


@app.get("/me")
def me(credentials: Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer())]) -> dict[str, str]:
    return {"sub": read_token(credentials.credentials)["sub"]}
