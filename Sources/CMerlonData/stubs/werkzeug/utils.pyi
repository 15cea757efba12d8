from typing import Annotated, Any
from merlon import sanitizer

@sanitizer("path")
def secure_filename(filename: str) -> str: ...
@sanitizer("path")
def safe_join(directory: str, *pathnames: str) -> str: ...
