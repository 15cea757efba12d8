from typing import Annotated, Any
from merlon import Role, concept

@concept("staticFiles")
class StaticFiles:
    def __init__(
        self,
        *,
        directory: Annotated[Any, Role("directory")] = ...,
        packages: Any = ...,
        html: bool = ...,
        check_dir: bool = ...,
        follow_symlink: Annotated[bool, Role("followSymlinks")] = ...,
    ): ...
