from typing import Annotated, Any
from merlon import sanitizer

@sanitizer("ldap")
def escape_filter_chars(text: Any, encoding: str = ...) -> str: ...
