from typing import Annotated, Any
from merlon import Role, concept

@concept("jwtDecode", "verifiesExpiry", "algorithmsOptional")
def decode(
    token: Annotated[str, Role("token")],
    key: Annotated[Any, Role("key")],
    algorithms: Annotated[Any, Role("algorithms")] = ...,
    options: Annotated[Any, Role("options")] = ...,
    audience: Annotated[Any, Role("audience")] = ...,
    issuer: Annotated[Any, Role("issuer")] = ...,
    subject: Any = ...,
    access_token: Any = ...,
) -> dict[str, Any]: ...
@concept("jwtEncode")
def encode(
    claims: Annotated[dict[str, Any], Role("claims")],
    key: Annotated[Any, Role("key")],
    algorithm: Annotated[str, Role("algorithm")] = ...,
    headers: Any = ...,
    access_token: Any = ...,
) -> str: ...
@concept("jwtUnverifiedClaims")
def get_unverified_claims(token: Annotated[str, Role("token")]) -> dict[str, Any]: ...
@concept("jwtUnverifiedHeader")
def get_unverified_header(token: Annotated[str, Role("token")]) -> dict[str, Any]: ...
@concept("jwtUnverifiedHeader")
def get_unverified_headers(token: Annotated[str, Role("token")]) -> dict[str, Any]: ...
