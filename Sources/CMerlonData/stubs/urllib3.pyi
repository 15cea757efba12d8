from typing import Annotated, Any
from merlon import Role, concept

@concept("httpClient", "defaultTimeout")
class PoolManager:
    def __init__(self, *args: Any, cert_reqs: Annotated[Any, Role("certReqs")] = ..., timeout: Annotated[Any, Role("timeout")] = ..., **kwargs: Any): ...
