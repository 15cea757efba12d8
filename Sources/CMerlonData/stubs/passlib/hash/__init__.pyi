from typing import Annotated, Any
from merlon import Role, concept

class _Handler:
    @concept("passwordHash")
    def hash(self, secret: Annotated[str, Role("password")], *, rounds: Annotated[int, Role("rounds")] = ..., **kwargs: Any) -> str: ...
    @concept("passwordVerify")
    def verify(self, secret: Annotated[str, Role("password")], hash: Annotated[str, Role("hash")], **kwargs: Any) -> bool: ...
    def using(self, *, rounds: Annotated[int, Role("rounds")] = ..., **kwargs: Any) -> _Handler: ...

class _WeakHandler:
    @concept("passwordHash", "weak")
    def hash(self, secret: Annotated[str, Role("password")], **kwargs: Any) -> str: ...
    @concept("passwordVerify", "weak")
    def verify(self, secret: Annotated[str, Role("password")], hash: Annotated[str, Role("hash")], **kwargs: Any) -> bool: ...

bcrypt: _Handler
argon2: _Handler
pbkdf2_sha256: _Handler
pbkdf2_sha512: _Handler
scrypt: _Handler
sha256_crypt: _Handler
sha512_crypt: _Handler
bcrypt_sha256: _Handler
md5_crypt: _WeakHandler
sha1_crypt: _WeakHandler
des_crypt: _WeakHandler
ldap_md5: _WeakHandler
ldap_sha1: _WeakHandler
ldap_plaintext: _WeakHandler
plaintext: _WeakHandler
hex_md5: _WeakHandler
hex_sha1: _WeakHandler
hex_sha256: _WeakHandler
nthash: _WeakHandler
lmhash: _WeakHandler
mysql323: _WeakHandler
mysql41: _WeakHandler
unix_disabled: _WeakHandler
apr_md5_crypt: _WeakHandler
cisco_type7: _WeakHandler
