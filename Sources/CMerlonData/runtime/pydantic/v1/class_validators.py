from pydantic.class_validators import (
    root_validator as root_validator,
    validator as validator,
)
