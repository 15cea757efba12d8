import typing

DecoratedCallable = typing.TypeVar("DecoratedCallable", bound=typing.Callable[..., typing.Any])
IncEx = typing.Union[typing.Set[int], typing.Set[str], typing.Dict[int, typing.Any], typing.Dict[str, typing.Any]]
UnionType = typing.Any
ModelNameMap = typing.Dict[typing.Any, str]
