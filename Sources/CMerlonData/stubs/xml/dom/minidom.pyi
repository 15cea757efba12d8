from typing import Annotated, Any
from merlon import Role, concept

@concept("xmlParse", "entityExpansion")
def parse(file: Annotated[Any, Role("data")], parser: Any = ..., bufsize: Any = ...) -> Any: ...
@concept("xmlParse", "entityExpansion")
def parseString(string: Annotated[Any, Role("data")], parser: Any = ...) -> Any: ...
