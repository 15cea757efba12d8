from ldap.ldapobject import LDAPObject
from typing import Any

def initialize(uri: str, **kwargs: Any) -> LDAPObject: ...
