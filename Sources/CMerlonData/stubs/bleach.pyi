from typing import Annotated, Any
from merlon import Concept

__library__: Annotated[str, Concept("unmaintainedSanitizer")]

def clean(text: str, **kwargs: Any) -> str: ...
def linkify(text: str, **kwargs: Any) -> str: ...
