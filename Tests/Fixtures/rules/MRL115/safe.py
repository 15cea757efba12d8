"""Comparisons that tell nothing."""
import hmac
import secrets
from typing import Annotated

from fastapi import Depends, FastAPI, Header, HTTPException
from fastapi.security import APIKeyHeader
from pydantic import BaseModel, model_validator
from sqlalchemy import select

from shop.models import ApiClient, Lexeme
from shop.settings import settings

app = FastAPI()


class Registration(BaseModel):
    email: str
    new_password: str
    repeat_password: str

    @model_validator(mode="after")
    def passwords_agree(self) -> "Registration":
        # Both come from the same caller.
        if self.new_password != self.repeat_password:
            raise ValueError("the passwords differ")
        return self


def partner(api_key: Annotated[str, Depends(APIKeyHeader(name="X-API-Key"))]) -> None:
    if not secrets.compare_digest(api_key.encode(), settings.partner_api_key.encode()):
        raise HTTPException(401, "Invalid key")


def verify_signature(body: bytes, signature: str, key: bytes) -> bool:
    return hmac.compare_digest(hmac.new(key, body, "sha256").hexdigest(), signature)


def client_query(client_secret: str):
    # The database compares, not Python.
    return select(ApiClient).where(ApiClient.client_secret == client_secret)


def is_configured() -> bool:
    return settings.webhook_secret != "" and settings.partner_api_key is not None


def kind_of(token: Lexeme) -> str:
    # A token of a language.
    if token.type == "number":
        return "literal"
    return "other"


def is_bearer(token_type: Annotated[str, Header()]) -> bool:
    return token_type == "bearer"


def count_tokens(prompt_tokens: int, max_tokens: int) -> bool:
    return prompt_tokens == max_tokens
