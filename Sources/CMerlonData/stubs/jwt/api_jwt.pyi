from typing import Annotated, Any
from merlon import Role, concept

@concept("jwtDecode", "verifiesExpiry")
def decode(
    jwt: Annotated[str, Role("token")],
    key: Annotated[Any, Role("key")] = ...,
    algorithms: Annotated[Any, Role("algorithms")] = ...,
    options: Annotated[Any, Role("options")] = ...,
    verify: Annotated[bool, Role("verify")] = ...,
    detached_payload: bytes = ...,
    audience: Annotated[Any, Role("audience")] = ...,
    issuer: Annotated[Any, Role("issuer")] = ...,
    leeway: float = ...,
    **kwargs: Any,
) -> dict[str, Any]: ...
@concept("jwtDecode", "verifiesExpiry")
def decode_complete(
    jwt: Annotated[str, Role("token")],
    key: Annotated[Any, Role("key")] = ...,
    algorithms: Annotated[Any, Role("algorithms")] = ...,
    options: Annotated[Any, Role("options")] = ...,
    verify: Annotated[bool, Role("verify")] = ...,
    detached_payload: bytes = ...,
    audience: Annotated[Any, Role("audience")] = ...,
    issuer: Annotated[Any, Role("issuer")] = ...,
    leeway: float = ...,
    **kwargs: Any,
) -> dict[str, Any]: ...
@concept("jwtEncode")
def encode(
    payload: Annotated[dict[str, Any], Role("claims")],
    key: Annotated[Any, Role("key")],
    algorithm: Annotated[str | None, Role("algorithm")] = ...,
    headers: dict[str, Any] = ...,
    json_encoder: Any = ...,
    sort_headers: bool = ...,
) -> str: ...

class PyJWT:
    def __init__(self, options: Annotated[Any, Role("options")] = ...): ...
    @concept("jwtDecode", "verifiesExpiry")
    def decode(
        self,
        jwt: Annotated[str, Role("token")],
        key: Annotated[Any, Role("key")] = ...,
        algorithms: Annotated[Any, Role("algorithms")] = ...,
        options: Annotated[Any, Role("options")] = ...,
        **kwargs: Any,
    ) -> dict[str, Any]: ...
    @concept("jwtEncode")
    def encode(
        self,
        payload: Annotated[dict[str, Any], Role("claims")],
        key: Annotated[Any, Role("key")],
        algorithm: Annotated[str | None, Role("algorithm")] = ...,
    ) -> str: ...
