import typing

ID = typing.TypeVar("ID")


class UserProtocol(typing.Generic[ID]):
    pass


class OAuthAccountProtocol(typing.Generic[ID]):
    pass


UP = typing.TypeVar("UP", bound=UserProtocol)
OAP = typing.TypeVar("OAP", bound=OAuthAccountProtocol)
UOAP = typing.TypeVar("UOAP", bound=UserProtocol)
