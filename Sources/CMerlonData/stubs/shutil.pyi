from typing import Annotated, Any
from merlon import Role, concept

@concept("archiveExtract", "unpack")
def unpack_archive(
    filename: Annotated[Any, Role("data")],
    extract_dir: Annotated[Any, Role("path")] = ...,
    format: Annotated[Any, Role("format")] = ...,
    *,
    filter: Annotated[Any, Role("filter")] = ...,
) -> None: ...

@concept("fileWrite")
def rmtree(path: Annotated[Any, Role("path")], *arguments: Any, **kwargs: Any) -> None: ...
@concept("fileWrite")
def copyfileobj(fsrc: Any, fdst: Any, length: int = ...) -> None: ...
@concept("fileWrite")
def copy(src: Any, dst: Annotated[Any, Role("path")]) -> Any: ...
@concept("fileWrite")
def copy2(src: Any, dst: Annotated[Any, Role("path")]) -> Any: ...
@concept("fileWrite")
def copyfile(src: Any, dst: Annotated[Any, Role("path")]) -> Any: ...
@concept("fileWrite")
def move(src: Any, dst: Annotated[Any, Role("path")]) -> Any: ...
