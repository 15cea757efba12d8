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
