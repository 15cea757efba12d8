from pydantic.utils import (
    deep_update as deep_update,
    to_camel as to_camel,
)
