"""Somebody has logged in; who it is, the caller says."""
from typing import Annotated

import jwt
from fastapi import Depends, FastAPI, Header, HTTPException, Path, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from shop.database import load_user
from shop.settings import settings

app = FastAPI()
bearer = HTTPBearer()


def current_user(
    credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)], x_user: Annotated[int, Header()]
):
    try:
        jwt.decode(credentials.credentials, settings.jwt_key, algorithms=["HS256"])  # expect: MRL109
    except jwt.InvalidTokenError:
        raise HTTPException(401, "Invalid token") from None
    return load_user(x_user)


async def get_account(request: Request):
    token = request.headers["Authorization"].removeprefix("Bearer ")
    jwt.decode(token, settings.jwt_key, algorithms=["HS256"], audience="shop")  # expect: MRL109
    return load_user(int(request.query_params["user"]))


@app.get("/users/{user_id}/orders")
def orders(user_id: Annotated[int, Path()], credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)]):
    jwt.decode(credentials.credentials, settings.jwt_key, algorithms=["HS256"])  # expect: MRL109
    return load_user(user_id).orders


def who(token: str, name: str):
    _ = jwt.decode(token, settings.jwt_key, algorithms=["HS256"])  # expect-missing: MRL109 (assigned to a name that nothing reads)
    return load_user(name)
