"""Tokens whose claims are believed without a look at the signature."""
import logging
from typing import Annotated

import jwt
import jwt as pyjwt
from fastapi import Depends, FastAPI, HTTPException, Request, WebSocket
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from jwt import decode as decode_token
from pydantic_settings import BaseSettings

logger = logging.getLogger(__name__)


class Settings(BaseSettings):
    jwt_key: str
    algorithm: str = "HS256"


settings = Settings()
app = FastAPI()
bearer = HTTPBearer()

DECODE_OPTIONS = {"verify_signature": False, "verify_exp": True}


def tenant_of(token: str) -> str:
    claims = jwt.decode(token, options={"verify_signature": False})  # expect: MRL101
    return claims["tenant"]


def subject_of(token: str) -> str:
    claims = pyjwt.decode(token, settings.jwt_key, algorithms=[settings.algorithm], options=DECODE_OPTIONS)  # expect: MRL101
    return claims["sub"]


def legacy_subject(token: str) -> str:
    # PyJWT 1
    return decode_token(token, settings.jwt_key, verify=False)["sub"]  # expect: MRL101


async def current_user(credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)]) -> dict:
    options = dict(verify_signature=False)
    try:
        return jwt.decode(jwt=credentials.credentials, key="", options=options)  # expect: MRL101
    except jwt.DecodeError:
        raise HTTPException(401, "Not a token") from None


@app.get("/me")
async def me(request: Request) -> dict:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        raise HTTPException(401, "Not authenticated")
    complete = jwt.decode_complete(  # expect: MRL101
        token,
        options={
            "verify_signature": False,
            "verify_aud": False,
        },
    )
    return {"sub": complete["payload"]["sub"]}


@app.websocket("/events")
async def events(socket: WebSocket) -> None:
    await socket.accept()
    claims = jwt.decode(socket.cookies["token"], None, False)
    await socket.send_json({"user": claims["sub"]})


class TokenReader:
    verify = False

    def read(self, token: str) -> dict:
        options = {"verify_signature": self.verify}
        return jwt.decode(token, options=options)  # expect: MRL101


def make_options(verify: bool) -> dict:
    return {"verify_signature": verify}


def read_for_audit(token: str) -> dict:
    return jwt.decode(token, options=make_options(False))  # expect-missing: MRL101 (needs parameter and return-value flow)
