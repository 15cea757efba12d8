from typing import Annotated, Any
from merlon import sanitizer

@sanitizer("ldap")
def escape_rdn(rdn: str) -> str: ...
