from typing import Annotated, Any
from merlon import Role, concept

@concept("authenticatorFactory")
def verify_session(anti_csrf_check: Any = ..., session_required: bool = ..., check_database: bool = ..., override_global_claim_validators: Any = ..., user_context: Any = ...) -> Any: ...
