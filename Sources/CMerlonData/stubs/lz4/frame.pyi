from typing import Annotated, Any
from merlon import Sink

def decompress(data: Annotated[bytes, Sink("decompress")], return_bytearray: bool = ..., return_bytes_read: bool = ...) -> bytes: ...
