from typing import Annotated, Any
from merlon import sanitizer

@sanitizer("html")
def clean(html: str, *arguments: Any, **kwargs: Any) -> str: ...
@sanitizer("html")
def clean_text(html: str) -> str: ...
