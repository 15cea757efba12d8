from typing import Annotated, Any
from merlon import Role, concept

@concept("xmlParse", "entityExpansion")
def parse(source: Annotated[Any, Role("data")], handler: Any, errorHandler: Any = ...) -> Any: ...
@concept("xmlParse", "entityExpansion")
def parseString(string: Annotated[Any, Role("data")], handler: Any, errorHandler: Any = ...) -> Any: ...
