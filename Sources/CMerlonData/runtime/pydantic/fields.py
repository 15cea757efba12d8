"""Descriptions of fields. Every argument that was given is an attribute of the object."""


class PydanticUndefinedType:
    pass


PydanticUndefined = PydanticUndefinedType()
Undefined = PydanticUndefined
UndefinedType = PydanticUndefinedType


class FieldInfo:
    default = PydanticUndefined
    default_factory = None
    annotation = None
    alias = None
    alias_priority = None
    validation_alias = None
    serialization_alias = None
    title = None
    field_title_generator = None
    description = None
    examples = None
    exclude = None
    exclude_if = None
    include = None
    const = None
    gt = None
    ge = None
    lt = None
    le = None
    multiple_of = None
    allow_inf_nan = None
    max_digits = None
    decimal_places = None
    min_items = None
    max_items = None
    unique_items = None
    min_length = None
    max_length = None
    allow_mutation = None
    pattern = None
    regex = None
    discriminator = None
    deprecated = None
    strict = None
    coerce_numbers_to_str = None
    union_mode = None
    fail_fast = None
    validate_default = None
    repr = True
    init = None
    init_var = None
    kw_only = None
    frozen = None
    json_schema_extra = None
    extra = {}

    def __init__(self, default=PydanticUndefined, **options):
        self.default = default
        for name, value in options.items():
            setattr(self, name, value)
        if self.pattern is None and self.regex is not None:
            self.pattern = self.regex

    def is_required(self):
        return (self.default is PydanticUndefined or self.default is ...) and self.default_factory is None

    def get_default(self, *, call_default_factory=False, **options):
        return self.default


def Field(default=PydanticUndefined, **options):
    return FieldInfo(default, **options)


class PrivateAttribute:
    def __init__(self, default=PydanticUndefined, *, default_factory=None):
        self.default = default
        self.default_factory = default_factory


ModelPrivateAttr = PrivateAttribute


def PrivateAttr(default=PydanticUndefined, *, default_factory=None, init=False):
    return PrivateAttribute(default, default_factory=default_factory)


def computed_field(func=None, /, **options):
    def decorator(function):
        return function if isinstance(function, property) else property(function)

    return decorator if func is None else decorator(func)
