"""Claims that nobody has verified."""
import base64
import json
from base64 import urlsafe_b64decode

import jwt
from fastapi import FastAPI, Request
from jose import jwt as jose_jwt  # expect: MRL601
from jose.jwt import get_unverified_claims

app = FastAPI()


def tenant_of(token: str) -> str:
    return jose_jwt.get_unverified_claims(token)["tenant"]  # expect: MRL110


def role_of(token: str) -> str:
    claims = get_unverified_claims(token)  # expect: MRL110
    return claims.get("role", "user")


def user_of(token: str) -> str:
    payload = token.split(".")[1]  # expect: MRL110
    padded = payload + "=" * (-len(payload) % 4)
    return json.loads(base64.urlsafe_b64decode(padded))["sub"]


def visitor(request: Request) -> str | None:
    jwt_text = request.cookies.get("session")
    if not jwt_text:
        return None
    body = json.loads(urlsafe_b64decode(jwt_text.split(".")[1] + "=="))  # expect: MRL110
    return body["sub"]


def by_parts(token: str) -> str:
    header, payload, signature = token.split(".")  # expect-missing: MRL110 (parts taken by unpacking)
    return json.loads(base64.urlsafe_b64decode(payload + "=="))["sub"]


@app.middleware("http")
async def remember_user(request: Request, call_next):
    token = request.headers.get("Authorization", "").removeprefix("Bearer ")
    request.state.user = jose_jwt.get_unverified_claims(token)["sub"] if token else None  # expect: MRL110
    return await call_next(request)
