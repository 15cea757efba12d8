class PydanticUserError(TypeError):
    def __init__(self, message, *, code=None):
        self.message = message
        self.code = code


class PydanticErrorMixin:
    pass


class PydanticUndefinedAnnotation(NameError):
    pass


class PydanticImportError(ImportError):
    pass


class PydanticSchemaGenerationError(PydanticUserError):
    pass


class PydanticInvalidForJsonSchema(PydanticUserError):
    pass


class PydanticForbiddenQualifier(PydanticUserError):
    pass


class PydanticTypeError(TypeError):
    pass


class PydanticValueError(ValueError):
    pass
