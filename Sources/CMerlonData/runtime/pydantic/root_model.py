import typing

from pydantic.fields import PydanticUndefined
from pydantic.main import BaseModel

RootModelRootType = typing.TypeVar("RootModelRootType")


class RootModel(BaseModel, typing.Generic[RootModelRootType]):
    root: RootModelRootType

    def __init__(self, /, root=PydanticUndefined, **data):
        self.root = data if root is PydanticUndefined else root
