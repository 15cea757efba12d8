from typing import Any
from merlon import concept

@concept("exceptionInfo")
def exc_info() -> Any: ...
