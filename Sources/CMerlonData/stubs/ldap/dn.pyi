from typing import Annotated, Any
from merlon import sanitizer

@sanitizer("ldap")
def escape_dn_chars(s: str) -> str: ...
