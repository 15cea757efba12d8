from typing import Annotated, Any
from merlon import Role, concept

@concept("jwtUnverifiedHeader")
def get_unverified_header(token: Annotated[str, Role("token")]) -> dict[str, Any]: ...
@concept("jwtUnverifiedClaims")
def get_unverified_claims(token: Annotated[str, Role("token")]) -> bytes: ...
