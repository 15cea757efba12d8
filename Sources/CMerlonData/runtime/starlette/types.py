import typing

Scope = typing.MutableMapping[str, typing.Any]
Message = typing.MutableMapping[str, typing.Any]
Receive = typing.Callable[[], typing.Awaitable[Message]]
Send = typing.Callable[[Message], typing.Awaitable[None]]
ASGIApp = typing.Callable[[Scope, Receive, Send], typing.Awaitable[None]]
StatelessLifespan = typing.Callable[[typing.Any], typing.Any]
StatefulLifespan = typing.Callable[[typing.Any], typing.Any]
Lifespan = typing.Callable[[typing.Any], typing.Any]
HTTPExceptionHandler = typing.Callable[..., typing.Any]
WebSocketExceptionHandler = typing.Callable[..., typing.Any]
ExceptionHandler = typing.Callable[..., typing.Any]
