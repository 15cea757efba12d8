"""`extract` and `extractall` of zipfile drop drive letters, leading slashes and `..` themselves."""
from typing import Annotated, Any
from merlon import Role, concept

@concept("archiveOpen", "zip")
class ZipFile:
    def __init__(self, file: Annotated[Any, Role("data")], mode: str = ..., **kwargs: Any): ...
    def __enter__(self) -> ZipFile: ...
