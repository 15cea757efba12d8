"""lxml resolves entities by default: `resolve_entities=True` before 5.0, `'internal'` since."""
from typing import Annotated, Any
from merlon import Role, concept

@concept("xmlParse", "externalEntities")
def parse(source: Annotated[Any, Role("data")], parser: Annotated[Any, Role("parser")] = ..., *, base_url: Any = ...) -> Any: ...
@concept("xmlParse", "externalEntities")
def fromstring(text: Annotated[Any, Role("data")], parser: Annotated[Any, Role("parser")] = ..., *, base_url: Any = ...) -> Any: ...
@concept("xmlParse", "externalEntities")
def XML(text: Annotated[Any, Role("data")], parser: Annotated[Any, Role("parser")] = ..., *, base_url: Any = ...) -> Any: ...
@concept("xmlParse", "externalEntities")
def iterparse(source: Annotated[Any, Role("data")], events: Any = ..., **kwargs: Any) -> Any: ...
@concept("xmlParser")
class XMLParser:
    def __init__(
        self,
        *,
        resolve_entities: Annotated[Any, Role("resolveEntities")] = ...,
        no_network: Annotated[bool, Role("noNetwork")] = ...,
        load_dtd: Annotated[bool, Role("loadDTD")] = ...,
        huge_tree: Annotated[bool, Role("hugeTree")] = ...,
        **kwargs: Any,
    ): ...
