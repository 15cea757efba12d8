from typing import Annotated, Any
from merlon import sanitizer

@sanitizer("path")
def sanitize_filename(filename: Any, *arguments: Any, **kwargs: Any) -> Any: ...
