from pydantic.errors import (
    PydanticErrorMixin as PydanticErrorMixin,
    PydanticForbiddenQualifier as PydanticForbiddenQualifier,
    PydanticImportError as PydanticImportError,
    PydanticInvalidForJsonSchema as PydanticInvalidForJsonSchema,
    PydanticSchemaGenerationError as PydanticSchemaGenerationError,
    PydanticTypeError as PydanticTypeError,
    PydanticUndefinedAnnotation as PydanticUndefinedAnnotation,
    PydanticUserError as PydanticUserError,
    PydanticValueError as PydanticValueError,
)
