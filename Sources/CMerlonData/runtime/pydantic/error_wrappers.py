from pydantic_core import ValidationError as ValidationError


class ErrorWrapper:
    def __init__(self, exc, loc):
        self.exc = exc
        self.loc = loc
