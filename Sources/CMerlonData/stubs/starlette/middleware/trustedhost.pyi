from typing import Annotated, Any
from merlon import Role, concept

@concept("trustedHostMiddleware")
class TrustedHostMiddleware:
    def __init__(self, app: Any, allowed_hosts: Annotated[Any, Role("allowedHosts")] = ..., www_redirect: bool = ...): ...
