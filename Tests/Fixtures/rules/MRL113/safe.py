"""Keys in headers and cookies, and query parameters that are no keys."""
from typing import Annotated

from fastapi import Depends, FastAPI, Query
from fastapi.openapi.models import APIKey, APIKeyIn
from fastapi.security import APIKeyCookie, APIKeyHeader

app = FastAPI()
header_key = APIKeyHeader(name="X-API-Key")
cookie_key = APIKeyCookie(name="session")
described = APIKey(**{"in": APIKeyIn.header}, name="X-API-Key")


class APIKeyQuery:
    """Finds API keys in the database; only the name is the same."""

    def __init__(self, name: str) -> None:
        self.name = name


@app.get("/keys")
def keys(key: Annotated[str, Depends(header_key)], name: Annotated[str, Query(max_length=50)]) -> list[str]:
    return [APIKeyQuery(name=name).name]


@app.get("/page")
def page(page_token: Annotated[str | None, Query(max_length=100)] = None) -> dict[str, str | None]:
    return {"next": page_token}
