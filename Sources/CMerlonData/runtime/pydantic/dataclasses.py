import dataclasses as stdlib_dataclasses

from pydantic.fields import FieldInfo


def dataclass(_cls=None, *, config=None, validate_on_init=None, **options):
    """The standard decorator; `Field()` values stay in the namespace of the class."""

    def decorator(cls):
        return stdlib_dataclasses.dataclass(**options)(cls)

    return decorator if _cls is None else decorator(_cls)


def is_pydantic_dataclass(class_):
    return hasattr(class_, "__dataclass_fields__")


def rebuild_dataclass(cls, **options):
    return True
