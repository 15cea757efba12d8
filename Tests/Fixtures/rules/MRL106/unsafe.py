"""Expired tokens that still work."""
from typing import Annotated

import jwt
from fastapi import APIRouter, Body, HTTPException
from jose import jwt as jose_jwt  # expect: MRL601
from jwt import decode

from shop.settings import settings

router = APIRouter()
LENIENT = {"verify_exp": False, "require": ["sub"]}


@router.post("/refresh")
def refresh(token: Annotated[str, Body(embed=True)]) -> dict[str, str]:
    try:
        claims = jwt.decode(token, settings.jwt_key, algorithms=["HS256"], options={"verify_exp": False})  # expect: MRL106
    except jwt.InvalidTokenError:
        raise HTTPException(401, "Invalid token") from None
    return {"sub": claims["sub"]}


def by_constant(token: str) -> dict:
    return decode(token, settings.jwt_key, ["HS256"], LENIENT)  # expect: MRL106


def by_keyword(token: str) -> dict:
    return decode(jwt=token, key=settings.jwt_key, algorithms=["HS256"], options=dict(verify_exp=False))  # expect: MRL106


def with_jose(token: str) -> dict:
    options = {"verify_exp": False}
    return jose_jwt.decode(token, settings.jwt_key, algorithms=["HS256"], options=options)  # expect: MRL106


def later(token: str) -> dict:
    options: dict[str, bool] = {}
    options["verify_exp"] = False
    return decode(token, settings.jwt_key, algorithms=["HS256"], options=options)  # expect-missing: MRL106 (needs the history of a dictionary)
