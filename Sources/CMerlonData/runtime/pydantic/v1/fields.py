from pydantic.fields import (
    Field as Field,
    FieldInfo as FieldInfo,
    ModelPrivateAttr as ModelPrivateAttr,
    PrivateAttr as PrivateAttr,
    PrivateAttribute as PrivateAttribute,
    PydanticUndefined as PydanticUndefined,
    PydanticUndefinedType as PydanticUndefinedType,
    Undefined as Undefined,
    UndefinedType as UndefinedType,
    computed_field as computed_field,
)
