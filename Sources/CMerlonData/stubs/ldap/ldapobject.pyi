from typing import Annotated, Any
from merlon import Sink

class LDAPObject:
    def search(
        self, base: Annotated[str, Sink("ldap")], scope: int, filterstr: Annotated[str, Sink("ldap")] = ..., *arguments: Any
    ) -> Any: ...
    def search_s(
        self, base: Annotated[str, Sink("ldap")], scope: int, filterstr: Annotated[str, Sink("ldap")] = ..., *arguments: Any
    ) -> Any: ...
    def search_st(
        self, base: Annotated[str, Sink("ldap")], scope: int, filterstr: Annotated[str, Sink("ldap")] = ..., *arguments: Any
    ) -> Any: ...
    def search_ext(
        self, base: Annotated[str, Sink("ldap")], scope: int, filterstr: Annotated[str, Sink("ldap")] = ..., *arguments: Any
    ) -> Any: ...
    def search_ext_s(
        self, base: Annotated[str, Sink("ldap")], scope: int, filterstr: Annotated[str, Sink("ldap")] = ..., *arguments: Any
    ) -> Any: ...
