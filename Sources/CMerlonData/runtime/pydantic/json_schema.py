import typing

JsonSchemaValue = typing.Dict[str, typing.Any]
JsonSchemaMode = typing.Literal["validation", "serialization"]
DEFAULT_REF_TEMPLATE = "#/$defs/{model}"
CoreSchemaOrField = typing.Any


class PydanticJsonSchemaWarning(UserWarning):
    pass


class GenerateJsonSchema:
    def __init__(self, by_alias=True, ref_template=DEFAULT_REF_TEMPLATE, **options):
        self.by_alias = by_alias
        self.ref_template = ref_template


class WithJsonSchema:
    def __init__(self, json_schema, mode=None):
        self.json_schema = json_schema
        self.mode = mode


class Examples:
    def __init__(self, examples, mode=None):
        self.examples = examples
        self.mode = mode


class SkipJsonSchema:
    @classmethod
    def __class_getitem__(cls, item):
        return typing.Annotated[item, cls()]


def models_json_schema(models, **options):
    return {}, {}


def model_json_schema(cls, **options):
    return {}
