"""Serializers. A decorated function keeps being that function; `merlon_serializer` says what it serializes."""

import typing


class PlainSerializer:
    def __init__(self, func, return_type=None, when_used="always"):
        self.func = func
        self.return_type = return_type
        self.when_used = when_used


class WrapSerializer:
    def __init__(self, func, return_type=None, when_used="always"):
        self.func = func
        self.return_type = return_type
        self.when_used = when_used


class SerializeAsAny:
    @classmethod
    def __class_getitem__(cls, item):
        return typing.Annotated[item, cls()]


def field_serializer(*fields, mode="plain", return_type=None, when_used="always", check_fields=None):
    def decorator(func):
        func.merlon_serializer = ("field", fields, mode)
        return func

    return decorator


def model_serializer(f=None, /, *, mode="plain", when_used="always", return_type=None):
    def decorator(func):
        func.merlon_serializer = ("model", (), mode)
        return func

    return decorator if f is None else decorator(f)
