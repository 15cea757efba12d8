from pydantic.generics import (
    GenericModel as GenericModel,
)
