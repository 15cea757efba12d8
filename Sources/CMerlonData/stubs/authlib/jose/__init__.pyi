"""Authlib 1. `jwt` accepts every registered algorithm unless a `JsonWebToken([…])` narrows them."""
from typing import Annotated, Any
from merlon import Role, concept

class JsonWebToken:
    def __init__(self, algorithms: Annotated[Any, Role("algorithms")], private_headers: Any = ...): ...
    @concept("jwtEncode")
    def encode(
        self,
        header: dict[str, Any],
        payload: Annotated[dict[str, Any], Role("claims")],
        key: Annotated[Any, Role("key")],
        check: bool = ...,
    ) -> bytes: ...

jwt: JsonWebToken
