"""Routes of Starlette. `merlon_kind` tells `merlon_runtime_routes` what a route object is."""

import enum
import functools
import inspect

from merlon_runtime import INCLUDED
from starlette.datastructures import URLPath


class NoMatchFound(Exception):
    def __init__(self, name, path_params):
        self.name = name
        self.path_params = path_params


class Match(enum.Enum):
    NONE = 0
    PARTIAL = 1
    FULL = 2


def get_name(endpoint):
    return getattr(endpoint, "__name__", endpoint.__class__.__name__)


def compile_path(path):
    return None, path, {}


def replace_params(path, param_convertors, path_params):
    return path, path_params


def request_response(func):
    return func


def websocket_session(func):
    return func


class BaseRoute:
    merlon_kind = "other"

    def matches(self, scope):
        return Match.NONE, {}

    def url_path_for(self, name, /, **path_params):
        return URLPath("")

    async def handle(self, scope, receive, send):
        pass

    async def __call__(self, scope, receive, send):
        pass


class Route(BaseRoute):
    merlon_kind = "starlette"

    def __init__(
        self, path, endpoint, *, methods=None, name=None, include_in_schema=True, middleware=None, max_body_size=None
    ):
        self.path = path
        self.path_format = path
        self.endpoint = endpoint
        self.app = endpoint
        self.name = get_name(endpoint) if name is None else name
        self.include_in_schema = include_in_schema
        self.max_body_size = max_body_size
        self.middleware = middleware
        handler = endpoint
        while isinstance(handler, functools.partial):
            handler = handler.func
        if methods is None and (inspect.isfunction(handler) or inspect.ismethod(handler)):
            methods = ["GET"]
        if methods is None:
            # A class or an ASGI application answers to every method by itself.
            self.methods = None
        else:
            self.methods = {method.upper() for method in methods}
            if "GET" in self.methods:
                self.methods.add("HEAD")


class WebSocketRoute(BaseRoute):
    merlon_kind = "starlette_websocket"

    def __init__(self, path, endpoint, *, name=None, middleware=None):
        self.path = path
        self.path_format = path
        self.endpoint = endpoint
        self.app = endpoint
        self.name = get_name(endpoint) if name is None else name
        self.middleware = middleware


class Mount(BaseRoute):
    merlon_kind = "mount"

    def __init__(self, path, app=None, routes=None, name=None, *, middleware=None, max_body_size=None):
        self.path = path.rstrip("/")
        self.path_format = self.path + "/{path}"
        self._base_app = Router(routes=routes) if app is None else app
        INCLUDED.append(self._base_app)
        self.app = self._base_app
        self.name = name
        self.middleware = middleware
        self.max_body_size = max_body_size
        for item in reversed(middleware or []):
            self.app = item.cls(self.app, *item.args, **item.kwargs)

    @property
    def routes(self):
        return getattr(self._base_app, "routes", [])


class Host(BaseRoute):
    merlon_kind = "host"

    def __init__(self, host, app, name=None):
        self.host = host
        self.app = app
        self.name = name

    @property
    def routes(self):
        return getattr(self.app, "routes", [])


class Router:
    def __init__(
        self,
        routes=None,
        redirect_slashes=True,
        default=None,
        on_startup=None,
        on_shutdown=None,
        lifespan=None,
        *,
        middleware=None,
        max_body_size=None,
    ):
        self.routes = [] if routes is None else list(routes)
        self.redirect_slashes = redirect_slashes
        self.default = self.not_found if default is None else default
        self.on_startup = [] if on_startup is None else list(on_startup)
        self.on_shutdown = [] if on_shutdown is None else list(on_shutdown)
        self.lifespan_context = lifespan
        self.middleware = middleware

    async def not_found(self, scope, receive, send):
        pass

    async def app(self, scope, receive, send):
        pass

    async def __call__(self, scope, receive, send):
        pass

    def url_path_for(self, name, /, **path_params):
        return URLPath("")

    def mount(self, path, app, name=None):
        self.routes.append(Mount(path, app=app, name=name))

    def host(self, host, app, name=None):
        self.routes.append(Host(host, app=app, name=name))

    def add_route(self, path, endpoint, methods=None, name=None, include_in_schema=True):
        self.routes.append(
            Route(path, endpoint=endpoint, methods=methods, name=name, include_in_schema=include_in_schema)
        )

    def add_websocket_route(self, path, endpoint, name=None):
        self.routes.append(WebSocketRoute(path, endpoint=endpoint, name=name))

    def route(self, path, methods=None, name=None, include_in_schema=True):
        def decorator(func):
            self.add_route(path, func, methods=methods, name=name, include_in_schema=include_in_schema)
            return func

        return decorator

    def websocket_route(self, path, name=None):
        def decorator(func):
            self.add_websocket_route(path, func, name=name)
            return func

        return decorator

    def add_event_handler(self, event_type, func):
        if event_type == "startup":
            self.on_startup.append(func)
        else:
            self.on_shutdown.append(func)

    def on_event(self, event_type):
        def decorator(func):
            self.add_event_handler(event_type, func)
            return func

        return decorator
