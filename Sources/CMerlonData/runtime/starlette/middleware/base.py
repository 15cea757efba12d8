import typing

RequestResponseEndpoint = typing.Callable[..., typing.Any]
DispatchFunction = typing.Callable[..., typing.Any]


class BaseHTTPMiddleware:
    def __init__(self, app, dispatch=None):
        self.app = app
        self.dispatch_func = self.dispatch if dispatch is None else dispatch

    async def __call__(self, scope, receive, send):
        pass

    async def dispatch(self, request, call_next):
        raise NotImplementedError()
