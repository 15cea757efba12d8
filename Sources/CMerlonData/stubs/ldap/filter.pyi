from typing import Annotated, Any
from merlon import sanitizer

@sanitizer("ldap")
def escape_filter_chars(assertion_value: str, escape_mode: int = ...) -> str: ...
@sanitizer("ldap")
def filter_format(filter_template: str, assertion_values: Any) -> str: ...
