from typing import Annotated, Any
from merlon import Role, concept

class Headers:
    def get(self, key: Annotated[str, Role("name")], default: Any = ...) -> str | None: ...
@concept("responseHeaders")
class MutableHeaders(Headers):
    def setdefault(self, key: Annotated[str, Role("name")], value: Annotated[str, Role("value")]) -> str: ...
    def append(self, key: Annotated[str, Role("name")], value: Annotated[str, Role("value")]) -> None: ...
    def update(self, other: Any) -> None: ...
class URL:
    path: str
    hostname: str
    scheme: str
    query: str
class Address:
    host: str
    port: int
@concept("uploadFile")
class UploadFile:
    filename: str
    content_type: str
    size: int
    def read(self, size: int = ...) -> bytes: ...
class Secret: ...
class CommaSeparatedStrings: ...
