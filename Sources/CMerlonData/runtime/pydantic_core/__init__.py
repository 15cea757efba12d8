from pydantic.fields import PydanticUndefined as PydanticUndefined
from pydantic.fields import PydanticUndefinedType as PydanticUndefinedType

__version__ = "2.50.0"


class ValidationError(ValueError):
    def __init__(self, title="", line_errors=()):
        self.title = title
        self.line_errors = line_errors

    def errors(self, **options):
        return list(self.line_errors)

    def json(self, **options):
        return "[]"

    def error_count(self):
        return len(self.line_errors)


class SchemaError(Exception):
    pass


class PydanticCustomError(ValueError):
    def __init__(self, error_type, message_template, context=None):
        self.type = error_type
        self.message_template = message_template


class PydanticKnownError(ValueError):
    pass


class PydanticOmit(Exception):
    pass


class PydanticUseDefault(Exception):
    pass


class PydanticSerializationError(ValueError):
    pass


class PydanticSerializationUnexpectedValue(ValueError):
    pass


class InitErrorDetails(dict):
    pass


class Url:
    def __init__(self, url):
        self._url = url

    def __str__(self):
        return self._url


class MultiHostUrl(Url):
    pass


class CoreSchema(dict):
    pass


class SchemaValidator:
    def __init__(self, schema, config=None):
        pass


def to_jsonable_python(value, **options):
    return value


def to_json(value, **options):
    return b""


def from_json(data, **options):
    return None
