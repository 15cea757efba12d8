"""Schemes that something depends on, whatever the way."""

from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI
from fastapi.security import OAuth2AuthorizationCodeBearer, OpenIdConnect

app = FastAPI()
direct = OAuth2AuthorizationCodeBearer(authorizationUrl="https://id.example/a", tokenUrl="https://id.example/t")
through_alias = OpenIdConnect(openIdConnectUrl="https://id.example/.well-known/openid-configuration")
exported = OAuth2AuthorizationCodeBearer(authorizationUrl="https://id.example/a", tokenUrl="https://id.example/u")
Token = Annotated[str, Depends(through_alias)]
router = APIRouter(dependencies=[Depends(direct)])

__all__ = ["exported"]


@app.get("/me")  # expect: MRL219 (nobody verifies the token here)
def me(token: Token) -> str:
    return token
