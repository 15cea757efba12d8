"""Schemes that are handed over uncalled."""
from typing import Annotated

import fastapi.security
from fastapi import APIRouter, Depends, FastAPI, Security
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer, OAuth2PasswordBearer
from fastapi.security import HTTPBearer as Bearer

app = FastAPI(dependencies=[Depends(HTTPBearer)])  # expect: MRL202
router = APIRouter(prefix="/admin", dependencies=[Depends(dependency=Bearer)])  # expect: MRL202
Credentials = Annotated[HTTPAuthorizationCredentials, Depends(HTTPBearer)]  # expect: MRL202
scheme = APIKeyHeader


@app.get("/reports", dependencies=[Security(fastapi.security.HTTPBearer)])  # expect: MRL202
def reports() -> list[str]:
    return []


@app.get("/me")
def me(token: Annotated[str, Depends(OAuth2PasswordBearer)]) -> dict[str, str]:  # expect: MRL202
    return {"token": token[:4]}


@app.get("/old")
def old(token: str = Depends(OAuth2PasswordBearer)) -> dict[str, str]:  # expect: MRL202
    return {"token": token[:4]}


@router.get("/keys")
def keys(key: Annotated[str, Depends(scheme)]) -> list[str]:  # expect: MRL202
    return []


app.include_router(router, dependencies=[Depends(APIKeyHeader)])  # expect: MRL202
