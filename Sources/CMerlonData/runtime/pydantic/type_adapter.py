import typing

T = typing.TypeVar("T")


class TypeAdapter(typing.Generic[T]):
    def __init__(self, type, *, config=None, module=None, **options):
        self._type = type

    def validate_python(self, object, /, **options):
        return object

    def validate_json(self, data, /, **options):
        return None

    def validate_strings(self, obj, /, **options):
        return None

    def dump_python(self, instance, /, **options):
        return instance

    def dump_json(self, instance, /, **options):
        return b""

    def json_schema(self, **options):
        return {}

    def rebuild(self, **options):
        return True

    def get_default_value(self, **options):
        return None
