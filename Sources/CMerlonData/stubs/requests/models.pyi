from typing import Annotated, Any

class Response:
    text: str
    content: bytes
    status_code: int
    def json(self) -> Any: ...

