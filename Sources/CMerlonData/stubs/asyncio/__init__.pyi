from typing import Annotated, Any
from merlon import Role, concept

@concept("executeCommand")
async def create_subprocess_exec(program: Annotated[Any, Role("command")], *arguments: Any, **kwargs: Any) -> Any: ...
@concept("executeCommand")
async def create_subprocess_shell(cmd: Annotated[str, Role("command")], *arguments: Any, **kwargs: Any) -> Any: ...
