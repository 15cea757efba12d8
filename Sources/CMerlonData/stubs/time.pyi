from typing import Annotated, Any
from merlon import Sink

def sleep(seconds: Annotated[float, Sink("amount")]) -> None: ...
