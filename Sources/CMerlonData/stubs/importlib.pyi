from typing import Annotated, Any
from merlon import Role, concept

@concept("executeCode")
def import_module(name: Annotated[str, Role("code")], package: Any = ...) -> Any: ...
