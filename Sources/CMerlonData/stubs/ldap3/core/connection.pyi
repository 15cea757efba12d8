from typing import Annotated, Any
from merlon import Sink

class Connection:
    def __init__(self, server: Any, user: Any = ..., password: Any = ..., auto_bind: Any = ..., **kwargs: Any): ...
    def search(
        self,
        search_base: Annotated[str, Sink("ldap")],
        search_filter: Annotated[str, Sink("ldap")],
        search_scope: str = ...,
        **kwargs: Any,
    ) -> Any: ...
    entries: Any
