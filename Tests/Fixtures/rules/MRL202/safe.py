"""Schemes that are called, and classes that are dependencies themselves."""
from typing import Annotated

from fastapi import Depends, FastAPI, Query
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer, OAuth2PasswordRequestForm

app = FastAPI()
bearer = HTTPBearer()
Credentials = Annotated[HTTPAuthorizationCredentials, Depends(bearer)]


class Page:
    def __init__(self, offset: Annotated[int, Query(ge=0)] = 0, limit: Annotated[int, Query(le=100)] = 20) -> None:
        self.offset = offset
        self.limit = limit


class OwnBearer(HTTPBearer):
    def __init__(self) -> None:
        super().__init__(scheme_name="shop")


@app.get("/reports", dependencies=[Depends(HTTPBearer())])
def reports(page: Annotated[Page, Depends(Page)]) -> list[int]:
    return list(range(page.offset, page.limit))


@app.post("/token")
def token(form: Annotated[OAuth2PasswordRequestForm, Depends(OAuth2PasswordRequestForm)]) -> dict[str, str]:
    # A form is a class whose instances are the values.
    return {"user": form.username}


@app.get("/me")
def me(credentials: Credentials) -> dict[str, str]:
    return {"scheme": credentials.scheme}


@app.get("/own", dependencies=[Depends(OwnBearer())])
def own() -> dict[str, str]:
    return {}
