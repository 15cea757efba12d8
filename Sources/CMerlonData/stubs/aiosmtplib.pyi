from typing import Annotated, Any
from merlon import Role, concept

@concept("sendMessage")
async def send(message: Annotated[Any, Role("message")], **kwargs: Any) -> Any: ...
