"""passlib 1.7."""
from typing import Annotated
from merlon import Concept

__library__: Annotated[str, Concept("unmaintainedPasslib")]
