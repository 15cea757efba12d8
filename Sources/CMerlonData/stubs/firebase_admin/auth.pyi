from typing import Annotated, Any
from merlon import Role, concept

@concept("tokenVerify")
def verify_id_token(id_token: Annotated[str, Role("token")], app: Any = ..., check_revoked: bool = ..., clock_skew_seconds: int = ...) -> dict[str, Any]: ...
@concept("tokenVerify")
def verify_session_cookie(session_cookie: Annotated[str, Role("token")], check_revoked: bool = ..., app: Any = ..., clock_skew_seconds: int = ...) -> dict[str, Any]: ...
