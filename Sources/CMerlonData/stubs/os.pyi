from typing import Annotated, Any
from merlon import Role, concept

@concept("environmentValue")
def getenv(key: Annotated[str, Role("name")], default: Annotated[Any, Role("default")] = ...) -> str | None: ...

class _Environ:
    @concept("environmentValue")
    def get(self, key: Annotated[str, Role("name")], default: Annotated[Any, Role("default")] = ...) -> str | None: ...
    @concept("environmentValue")
    def setdefault(self, key: Annotated[str, Role("name")], value: Annotated[str, Role("default")]) -> str: ...

environ: _Environ

@concept("secureRandom")
def urandom(size: int) -> bytes: ...
@concept("insecureTemporaryFile", "name")
def tempnam() -> str: ...
