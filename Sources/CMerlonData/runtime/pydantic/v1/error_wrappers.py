from pydantic.error_wrappers import (
    ErrorWrapper as ErrorWrapper,
    ValidationError as ValidationError,
)
