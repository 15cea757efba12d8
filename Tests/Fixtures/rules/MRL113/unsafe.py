"""API keys in addresses."""
from typing import Annotated

import fastapi.security as security
from fastapi import Depends, FastAPI, Security
from fastapi.security import APIKeyHeader, APIKeyQuery
from fastapi.security import APIKeyQuery as QueryKey
from fastapi.security.api_key import APIKeyQuery as ModuleKey

app = FastAPI()
query_key = APIKeyQuery(name="api_key", auto_error=False)  # expect: MRL113
header_key = APIKeyHeader(name="X-API-Key", auto_error=False)
renamed = QueryKey(name="key")  # expect: MRL113
by_module = security.APIKeyQuery(name="token")  # expect: MRL113
by_file = ModuleKey(name="token")  # expect: MRL113


@app.get("/rates")
def rates(key: Annotated[str, Security(APIKeyQuery(name="key"))]) -> dict[str, str]:  # expect: MRL113
    return {"key": key[:4]}


@app.get("/either")
def either(
    in_header: Annotated[str | None, Depends(header_key)], in_query: Annotated[str | None, Depends(query_key)]
) -> dict[str, bool]:
    return {"known": bool(in_header or in_query)}


class PartnerKey(APIKeyQuery):
    """A scheme of our own."""


partner_key = PartnerKey(name="partner")  # expect-missing: MRL113 (a class of the project that extends the scheme)
