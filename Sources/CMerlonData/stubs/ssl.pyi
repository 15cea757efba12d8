from typing import Annotated, Any
from merlon import Concept, Role, concept

class SSLContext:
    def __init__(self, protocol: Annotated[Any, Role("protocol")] = ...): ...
    check_hostname: bool
    verify_mode: int

@concept("tlsContext")
def create_default_context(purpose: Any = ..., *, cafile: Any = ..., capath: Any = ..., cadata: Any = ...) -> SSLContext: ...
@concept("unverifiedTLSContext")
def _create_unverified_context(protocol: Any = ..., *, cert_reqs: Any = ..., check_hostname: bool = ...) -> SSLContext: ...

CERT_NONE: Annotated[int, Concept("certNone")]
PROTOCOL_SSLv2: Annotated[int, Concept("obsoleteTLSVersion")]
PROTOCOL_SSLv3: Annotated[int, Concept("obsoleteTLSVersion")]
PROTOCOL_TLSv1: Annotated[int, Concept("obsoleteTLSVersion")]
PROTOCOL_TLSv1_1: Annotated[int, Concept("obsoleteTLSVersion")]

class TLSVersion:
    SSLv3: Annotated[int, Concept("obsoleteTLSVersion")]
    TLSv1: Annotated[int, Concept("obsoleteTLSVersion")]
    TLSv1_1: Annotated[int, Concept("obsoleteTLSVersion")]
    TLSv1_2: int
    TLSv1_3: int
