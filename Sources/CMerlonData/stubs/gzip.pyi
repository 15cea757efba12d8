from typing import Annotated, Any
from merlon import Sink

def decompress(data: Annotated[bytes, Sink("decompress")]) -> bytes: ...
