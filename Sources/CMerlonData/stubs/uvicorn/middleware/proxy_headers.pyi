from typing import Annotated, Any
from merlon import Role, concept

@concept("proxyHeadersMiddleware")
class ProxyHeadersMiddleware:
    def __init__(self, app: Any, trusted_hosts: Annotated[Any, Role("trustedHosts")] = ...): ...
