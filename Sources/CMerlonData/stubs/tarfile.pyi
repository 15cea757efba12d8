from typing import Annotated, Any
from merlon import Role, concept

@concept("archiveOpen", "tar")
def open(name: Annotated[Any, Role("path")] = ..., mode: str = ..., fileobj: Annotated[Any, Role("data")] = ..., bufsize: int = ..., **kwargs: Any) -> TarFile: ...

@concept("archiveOpen", "tar")
class TarFile:
    def __init__(self, name: Annotated[Any, Role("path")] = ..., mode: str = ..., fileobj: Annotated[Any, Role("data")] = ..., **kwargs: Any): ...
    def open(name: Annotated[Any, Role("path")] = ..., mode: str = ..., fileobj: Annotated[Any, Role("data")] = ..., **kwargs: Any) -> TarFile: ...
    def __enter__(self) -> TarFile: ...
    @concept("archiveExtract", "tar")
    def extractall(
        self,
        path: Annotated[Any, Role("path")] = ...,
        members: Annotated[Any, Role("members")] = ...,
        *,
        numeric_owner: bool = ...,
        filter: Annotated[Any, Role("filter")] = ...,
    ) -> None: ...
    @concept("archiveExtract", "tar", "single")
    def extract(
        self,
        member: Annotated[Any, Role("members")],
        path: Annotated[Any, Role("path")] = ...,
        set_attrs: bool = ...,
        *,
        numeric_owner: bool = ...,
        filter: Annotated[Any, Role("filter")] = ...,
    ) -> None: ...
