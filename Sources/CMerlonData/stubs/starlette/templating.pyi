from typing import Annotated, Any
from merlon import Role, concept

@concept("templates")
class Jinja2Templates:
    def __init__(self, directory: Annotated[Any, Role("directory")] = ..., *, context_processors: Any = ..., env: Any = ..., **env_options: Any): ...
    def TemplateResponse(self, *args: Any, **kwargs: Any) -> Any: ...
