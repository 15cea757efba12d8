from typing import Annotated, Any
from merlon import sanitizer

@sanitizer("path")
def safe_join(directory: str, *pathnames: str) -> str: ...
