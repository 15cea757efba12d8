"""Validators. A decorated function keeps being that function; `merlon_validator` says what it validates."""

import typing


class AfterValidator:
    def __init__(self, func):
        self.func = func


class BeforeValidator:
    def __init__(self, func, json_schema_input_type=None):
        self.func = func
        self.json_schema_input_type = json_schema_input_type


class PlainValidator:
    def __init__(self, func, json_schema_input_type=None):
        self.func = func
        self.json_schema_input_type = json_schema_input_type


class WrapValidator:
    def __init__(self, func, json_schema_input_type=None):
        self.func = func
        self.json_schema_input_type = json_schema_input_type


class InstanceOf:
    @classmethod
    def __class_getitem__(cls, item):
        return typing.Annotated[item, cls()]


class SkipValidation:
    @classmethod
    def __class_getitem__(cls, item):
        return typing.Annotated[item, cls()]


class ValidateAs:
    def __init__(self, from_type, /, instantiation_hook):
        self.from_type = from_type
        self.instantiation_hook = instantiation_hook


ModelWrapValidatorHandler = typing.Callable[..., typing.Any]
ModelBeforeValidator = typing.Callable[..., typing.Any]
ModelAfterValidator = typing.Callable[..., typing.Any]
ModelWrapValidator = typing.Callable[..., typing.Any]


def field_validator(field, /, *fields, mode="after", check_fields=None, json_schema_input_type=None):
    def decorator(func):
        func.merlon_validator = ("field", (field, *fields), mode)
        return func

    return decorator


def model_validator(*, mode):
    def decorator(func):
        func.merlon_validator = ("model", (), mode)
        return func

    return decorator
