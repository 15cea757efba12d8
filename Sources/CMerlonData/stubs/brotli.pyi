from typing import Annotated, Any
from merlon import Sink

def decompress(string: Annotated[bytes, Sink("decompress")]) -> bytes: ...
