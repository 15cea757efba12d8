from typing import Any
from merlon import concept

@concept("unmaintainedSanitizer")
def clean(text: str, **kwargs: Any) -> str: ...
@concept("unmaintainedSanitizer")
def linkify(text: str, **kwargs: Any) -> str: ...
