from typing import Annotated, Any
from merlon import Concept, sanitizer

__library__: Annotated[str, Concept("unmaintainedSanitizer")]

@sanitizer("html")
def clean(text: str, **kwargs: Any) -> str: ...
def linkify(text: str, **kwargs: Any) -> str: ...
