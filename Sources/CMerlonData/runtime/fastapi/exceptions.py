from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.exceptions import WebSocketException as StarletteWebSocketException


class HTTPException(StarletteHTTPException):
    def __init__(self, status_code, detail=None, headers=None):
        super().__init__(status_code=status_code, detail=detail, headers=headers)


class WebSocketException(StarletteWebSocketException):
    def __init__(self, code, reason=None):
        super().__init__(code=code, reason=reason)


class FastAPIError(RuntimeError):
    pass


class DependencyScopeError(FastAPIError):
    pass


class ValidationException(Exception):
    def __init__(self, errors, *, body=None, endpoint_ctx=None):
        self._errors = errors
        self.body = body

    def errors(self):
        return self._errors


class RequestValidationError(ValidationException):
    pass


class WebSocketRequestValidationError(ValidationException):
    pass


class ResponseValidationError(ValidationException):
    pass


class PydanticV1NotSupportedError(FastAPIError):
    pass


class FastAPIDeprecationWarning(UserWarning):
    pass
