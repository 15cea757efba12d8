from typing import Annotated, Any
from merlon import Role, concept

class FastMail:
    @concept("sendMessage")
    async def send_message(self, message: Annotated[Any, Role("message")], template_name: Any = ...) -> None: ...
