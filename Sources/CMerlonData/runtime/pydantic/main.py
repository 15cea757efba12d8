from pydantic.fields import FieldInfo, PydanticUndefined


class ModelFields:
    """Reads as a dictionary of the fields by name, those of the bases first."""

    def __get__(self, instance, owner):
        found = {}
        for base in reversed(owner.__mro__):
            for name in vars(base).get("__annotations__", {}):
                if name.startswith("_") or name == "model_config":
                    continue
                value = vars(base).get(name, PydanticUndefined)
                field = value if isinstance(value, FieldInfo) else FieldInfo(value)
                found[name] = field
        return found


class BaseModel:
    model_fields = ModelFields()
    __fields__ = ModelFields()
    model_computed_fields = {}
    model_config = {}

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__()

    def __init__(self, /, **data):
        given = set(data)
        for name, field in type(self).model_fields.items():
            if name not in given and field.alias not in given:
                if field.default is not PydanticUndefined and field.default is not ...:
                    setattr(self, name, field.default)
                elif field.default_factory is not None:
                    setattr(self, name, field.default_factory())
            elif name not in given:
                setattr(self, name, data[field.alias])
        for name, value in data.items():
            setattr(self, name, value)

    @classmethod
    def model_validate(cls, obj, **options):
        return cls(**obj) if isinstance(obj, dict) else cls()

    @classmethod
    def model_validate_json(cls, json_data, **options):
        return cls()

    @classmethod
    def model_validate_strings(cls, obj, **options):
        return cls()

    @classmethod
    def model_construct(cls, _fields_set=None, **values):
        return cls(**values)

    @classmethod
    def model_json_schema(cls, **options):
        return {}

    @classmethod
    def model_rebuild(cls, **options):
        return True

    @classmethod
    def model_parametrized_name(cls, params):
        return cls.__name__

    @classmethod
    def parse_obj(cls, obj):
        return cls.model_validate(obj)

    @classmethod
    def parse_raw(cls, b, **options):
        return cls()

    @classmethod
    def parse_file(cls, path, **options):
        return cls()

    @classmethod
    def from_orm(cls, obj):
        return cls()

    @classmethod
    def construct(cls, _fields_set=None, **values):
        return cls(**values)

    @classmethod
    def schema(cls, **options):
        return {}

    @classmethod
    def schema_json(cls, **options):
        return "{}"

    @classmethod
    def validate(cls, value):
        return value

    @classmethod
    def update_forward_refs(cls, **localns):
        pass

    @classmethod
    def __get_pydantic_core_schema__(cls, source, handler):
        return handler(source)

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema, handler):
        return handler(core_schema)

    def model_dump(self, **options):
        return {name: getattr(self, name, None) for name in type(self).model_fields}

    def dict(self, **options):
        return self.model_dump()

    def model_dump_json(self, **options):
        return "{}"

    def json(self, **options):
        return "{}"

    def model_copy(self, *, update=None, deep=False):
        return type(self)(**{**self.model_dump(), **(update or {})})

    def copy(self, *, update=None, **options):
        return self.model_copy(update=update)

    def model_post_init(self, context, /):
        pass


def create_model(
    model_name,
    /,
    *,
    __config__=None,
    __doc__=None,
    __base__=None,
    __module__=None,
    __validators__=None,
    __cls_kwargs__=None,
    **field_definitions,
):
    """A class with the fields of the call: `(type, default)`, a type, or a default."""
    if __base__ is None:
        bases = (BaseModel,)
    elif isinstance(__base__, tuple):
        bases = __base__
    else:
        bases = (__base__,)
    namespace = {"__annotations__": {}, "__module__": __module__ or "pydantic.main"}
    for name, definition in field_definitions.items():
        if isinstance(definition, tuple) and len(definition) == 2:
            namespace["__annotations__"][name] = definition[0]
            if definition[1] is not ...:
                namespace[name] = definition[1]
        elif isinstance(definition, FieldInfo):
            namespace["__annotations__"][name] = object
            namespace[name] = definition
        else:
            namespace["__annotations__"][name] = definition
    if __config__ is not None:
        namespace["model_config"] = __config__
    return type(model_name, bases, namespace)
