from typing import Annotated, Any
from merlon import concept
from starlette.datastructures import Address, Headers, URL

class HTTPConnection:
    headers: Headers
    cookies: dict[str, str]
    url: URL
    base_url: URL
    query_params: Any
    path_params: Any
    client: Address
    session: Any
    state: Any
@concept("request")
class Request(HTTPConnection):
    method: str
    def json(self) -> Any: ...
    def body(self) -> bytes: ...
    def form(self) -> Any: ...
