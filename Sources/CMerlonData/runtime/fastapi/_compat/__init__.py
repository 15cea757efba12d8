"""Names that applications import although they are private; what they do is not looked at."""

from merlon_runtime import PYDANTIC_VERSION
from pydantic import BaseModel as BaseModel
from pydantic.fields import FieldInfo as FieldInfo
from pydantic.fields import Undefined as Undefined
from pydantic.fields import UndefinedType as UndefinedType

PYDANTIC_V2 = PYDANTIC_VERSION >= (2, 0, 0)
PYDANTIC_VERSION_MINOR_TUPLE = PYDANTIC_VERSION[:2]
RequestErrorModel = BaseModel


class ModelField:
    def __init__(self, field_info=None, name="", mode="validation", **options):
        self.field_info = field_info
        self.name = name
        self.mode = mode
        self.default = Undefined


class GenerateJsonSchema:
    def __init__(self, **options):
        pass


def get_definitions(**options):
    return {}, {}


def get_schema_from_model_field(**options):
    return {}


def get_model_definitions(**options):
    return {}


def model_dump(model, mode="json", **options):
    return model.model_dump()


def model_rebuild(model):
    pass


def field_annotation_is_scalar(annotation):
    return False


def lenient_issubclass(cls, class_or_tuple):
    return isinstance(cls, type) and issubclass(cls, class_or_tuple)


def is_uploadfile_sequence_annotation(annotation):
    return False


def _normalize_errors(errors):
    return errors
