from pydantic.color import (
    Color as Color,
)
