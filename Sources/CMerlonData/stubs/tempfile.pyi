from typing import Any
from merlon import concept

@concept("insecureTemporaryFile", "name")
def mktemp(suffix: str = ..., prefix: str = ..., dir: Any = ...) -> str: ...
