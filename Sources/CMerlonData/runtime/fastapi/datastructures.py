from starlette.datastructures import URL as URL
from starlette.datastructures import Address as Address
from starlette.datastructures import FormData as FormData
from starlette.datastructures import Headers as Headers
from starlette.datastructures import QueryParams as QueryParams
from starlette.datastructures import State as State
from starlette.datastructures import UploadFile as StarletteUploadFile


class UploadFile(StarletteUploadFile):
    pass


class DefaultPlaceholder:
    """A value that nobody gave: `value` is what holds unless an outer level says otherwise."""

    def __init__(self, value):
        self.value = value

    def __bool__(self):
        return bool(self.value)

    def __eq__(self, other):
        return isinstance(other, DefaultPlaceholder) and other.value == self.value


DefaultType = DefaultPlaceholder


def Default(value):
    return DefaultPlaceholder(value)
