"""Routers and routes of FastAPI.

`merlon_kind` and `merlon_level` are what `merlon_runtime_routes` asks: what a route object is, and which of its
dependencies were declared by application, router, include or route.
"""

import inspect

from merlon_runtime import FRONTEND_DEPENDENCIES, INCLUDED, LIVE_INCLUDES, ROUTERS, WEBSOCKET_DEPENDENCIES
from starlette import routing
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute as BaseRoute
from starlette.routing import Host as Host
from starlette.routing import Match as Match
from starlette.routing import Mount as Mount
from starlette.routing import Route as Route
from starlette.routing import Router as Router
from starlette.routing import WebSocketRoute as WebSocketRoute
from starlette.routing import compile_path as compile_path
from starlette.routing import get_name as get_name
from starlette.routing import request_response as request_response
from starlette.staticfiles import StaticFiles

from fastapi.datastructures import Default, DefaultPlaceholder
from fastapi.dependencies.models import Dependant as Dependant
from fastapi.utils import generate_unique_id, get_value_or_default

# What a registration says when its caller says nothing.
ROUTE_DEFAULTS = {
    "response_model": Default(None),
    "status_code": None,
    "tags": None,
    "dependencies": None,
    "summary": None,
    "description": None,
    "response_description": "Successful Response",
    "responses": None,
    "deprecated": None,
    "methods": None,
    "operation_id": None,
    "response_model_include": None,
    "response_model_exclude": None,
    "response_model_by_alias": True,
    "response_model_exclude_unset": False,
    "response_model_exclude_defaults": False,
    "response_model_exclude_none": False,
    "include_in_schema": True,
    "response_class": Default(JSONResponse),
    "name": None,
    "callbacks": None,
    "openapi_extra": None,
    "generate_unique_id_function": Default(generate_unique_id),
}


async def serialize_response(*, response_content=None, **options):
    return response_content


async def run_endpoint_function(*, dependant, values, is_coroutine):
    return dependant.call(**values)


def get_request_handler(dependant=None, **options):
    async def app(request):
        return Response()

    return app


def get_body_size_limit(*limits):
    for limit in limits:
        if limit is not None:
            return limit
    return None


class APIWebSocketRoute(routing.WebSocketRoute):
    merlon_kind = "websocket"
    merlon_levels = ()

    def __init__(self, path, endpoint, *, name=None, dependencies=None, dependency_overrides_provider=None):
        self.path = path
        self.path_format = path
        self.endpoint = endpoint
        self.app = endpoint
        self.name = get_name(endpoint) if name is None else name
        self.dependencies = list(dependencies or [])


class APIRoute(routing.Route):
    merlon_kind = "http"
    merlon_levels = ()

    def __init__(
        self,
        path,
        endpoint,
        *,
        response_model=Default(None),
        status_code=None,
        tags=None,
        dependencies=None,
        summary=None,
        description=None,
        response_description="Successful Response",
        responses=None,
        deprecated=None,
        name=None,
        methods=None,
        operation_id=None,
        response_model_include=None,
        response_model_exclude=None,
        response_model_by_alias=True,
        response_model_exclude_unset=False,
        response_model_exclude_defaults=False,
        response_model_exclude_none=False,
        include_in_schema=True,
        response_class=Default(JSONResponse),
        dependency_overrides_provider=None,
        callbacks=None,
        openapi_extra=None,
        generate_unique_id_function=Default(generate_unique_id),
        strict_content_type=Default(True),
        max_body_size=None,
        form_limits=None,
    ):
        self.path = path
        self.path_format = path
        self.endpoint = endpoint
        self.app = endpoint
        self.response_model = response_model
        self.status_code = status_code
        self.tags = tags or []
        self.dependencies = list(dependencies or [])
        self.summary = summary
        self.description = description
        self.response_description = response_description
        self.responses = responses or {}
        self.deprecated = deprecated
        self.name = get_name(endpoint) if name is None else name
        self.methods = {method.upper() for method in methods or ["GET"]}
        self.operation_id = operation_id
        self.response_model_include = response_model_include
        self.response_model_exclude = response_model_exclude
        self.response_model_by_alias = response_model_by_alias
        self.response_model_exclude_unset = response_model_exclude_unset
        self.response_model_exclude_defaults = response_model_exclude_defaults
        self.response_model_exclude_none = response_model_exclude_none
        self.include_in_schema = include_in_schema
        self.response_class = response_class
        self.dependency_overrides_provider = dependency_overrides_provider
        self.callbacks = callbacks
        self.openapi_extra = openapi_extra
        self.generate_unique_id_function = generate_unique_id_function
        self.strict_content_type = strict_content_type
        self.max_body_size = max_body_size
        self.form_limits = form_limits
        self.unique_id = operation_id or ""
        self.body_field = None
        self.response_field = None
        self.dependant = Dependant(path=path, call=endpoint)

    def get_route_handler(self):
        return get_request_handler(dependant=self.dependant)


class _IncludedRouter(BaseRoute):
    """A router that another one holds by reference, and what the include adds to its routes."""

    merlon_kind = "included"

    def __init__(
        self,
        router,
        prefix,
        tags,
        dependencies,
        levels,
        default_response_class,
        responses,
        callbacks,
        deprecated,
        include_in_schema,
        generate_unique_id_function,
        strict_content_type,
        max_body_size,
        form_limits,
    ):
        self.original_router = router
        self.prefix = prefix
        self.tags = tags
        self.dependencies = dependencies
        self.merlon_levels = levels
        self.default_response_class = default_response_class
        self.responses = responses
        self.callbacks = callbacks
        self.deprecated = deprecated
        self.include_in_schema = include_in_schema
        self.generate_unique_id_function = generate_unique_id_function
        self.strict_content_type = strict_content_type
        self.max_body_size = max_body_size
        self.form_limits = form_limits


class FrontendRoute(BaseRoute):
    merlon_kind = "frontend"

    def __init__(self, path, *, directory, fallback, dependencies, levels):
        self.path = path
        self.methods = {"GET", "HEAD"}
        self.directory = directory
        self.fallback = fallback
        self.app = StaticFiles(directory=directory, html=True)
        self.dependencies = dependencies
        self.merlon_levels = levels


class APIRouter(routing.Router):
    # Which level the dependencies of this router count as; "application" for the router of an application.
    merlon_level = "router"

    def __init__(
        self,
        *,
        prefix="",
        tags=None,
        dependencies=None,
        default_response_class=Default(JSONResponse),
        responses=None,
        callbacks=None,
        routes=None,
        redirect_slashes=True,
        default=None,
        dependency_overrides_provider=None,
        route_class=APIRoute,
        on_startup=None,
        on_shutdown=None,
        lifespan=None,
        deprecated=None,
        include_in_schema=True,
        generate_unique_id_function=Default(generate_unique_id),
        strict_content_type=Default(True),
        max_body_size=None,
        form_limits=None,
    ):
        super().__init__(
            routes=routes,
            redirect_slashes=redirect_slashes,
            default=default,
            on_startup=on_startup,
            on_shutdown=on_shutdown,
            lifespan=lifespan,
        )
        self.prefix = prefix
        self.tags = tags or []
        self.dependencies = list(dependencies or [])
        self.deprecated = deprecated
        self.include_in_schema = include_in_schema
        self.responses = responses or {}
        self.callbacks = callbacks or []
        self.dependency_overrides_provider = dependency_overrides_provider
        self.route_class = route_class
        self.default_response_class = default_response_class
        self.generate_unique_id_function = generate_unique_id_function
        self.strict_content_type = strict_content_type
        self.max_body_size = max_body_size
        self.form_limits = form_limits
        # Matched when nothing else does.
        self.merlon_frontends = []
        ROUTERS.append(self)

    def frontend(self, path, *, directory, fallback="auto", check_dir="auto"):
        dependencies = list(self.dependencies) if FRONTEND_DEPENDENCIES else []
        self.merlon_frontends.append(
            FrontendRoute(
                _join_frontend(self.prefix, path),
                directory=directory,
                fallback=fallback,
                dependencies=dependencies,
                levels=[self.merlon_level] * len(dependencies),
            )
        )

    def add_api_route(
        self,
        path,
        endpoint,
        *,
        response_model=Default(None),
        status_code=None,
        tags=None,
        dependencies=None,
        summary=None,
        description=None,
        response_description="Successful Response",
        responses=None,
        deprecated=None,
        methods=None,
        operation_id=None,
        response_model_include=None,
        response_model_exclude=None,
        response_model_by_alias=True,
        response_model_exclude_unset=False,
        response_model_exclude_defaults=False,
        response_model_exclude_none=False,
        include_in_schema=True,
        response_class=Default(JSONResponse),
        name=None,
        route_class_override=None,
        callbacks=None,
        openapi_extra=None,
        generate_unique_id_function=Default(generate_unique_id),
        strict_content_type=Default(True),
        max_body_size=None,
        form_limits=None,
    ):
        # Arguments that came with later releases go to the route only when given: classes of applications that were
        # written for earlier ones don't take them.
        options = {}
        if form_limits is not None:
            options["form_limits"] = form_limits
        body_limit = get_body_size_limit(max_body_size, self.max_body_size)
        if body_limit is not None:
            options["max_body_size"] = body_limit
        content_type = get_value_or_default(strict_content_type, self.strict_content_type)
        if not isinstance(content_type, DefaultPlaceholder):
            options["strict_content_type"] = content_type
        route_class = route_class_override or self.route_class
        route = route_class(
            self.prefix + path,
            endpoint=endpoint,
            response_model=response_model,
            status_code=status_code,
            tags=[*self.tags, *(tags or [])],
            dependencies=[*self.dependencies, *(dependencies or [])],
            summary=summary,
            description=description,
            response_description=response_description,
            responses={**self.responses, **(responses or {})},
            deprecated=deprecated or self.deprecated,
            methods=methods,
            operation_id=operation_id,
            response_model_include=response_model_include,
            response_model_exclude=response_model_exclude,
            response_model_by_alias=response_model_by_alias,
            response_model_exclude_unset=response_model_exclude_unset,
            response_model_exclude_defaults=response_model_exclude_defaults,
            response_model_exclude_none=response_model_exclude_none,
            include_in_schema=include_in_schema and self.include_in_schema,
            response_class=get_value_or_default(response_class, self.default_response_class),
            name=name,
            dependency_overrides_provider=self.dependency_overrides_provider,
            callbacks=[*self.callbacks, *(callbacks or [])],
            openapi_extra=openapi_extra,
            generate_unique_id_function=get_value_or_default(
                generate_unique_id_function, self.generate_unique_id_function
            ),
            **options,
        )
        route.merlon_levels = [self.merlon_level] * len(self.dependencies)
        self.routes.append(route)

    def api_route(self, path, **options):
        def decorator(func):
            self.add_api_route(path, func, **{**ROUTE_DEFAULTS, **options})
            return func

        return decorator

    def add_api_websocket_route(self, path, endpoint, name=None, *, dependencies=None):
        own = self.dependencies if WEBSOCKET_DEPENDENCIES else []
        route = APIWebSocketRoute(
            self.prefix + path,
            endpoint=endpoint,
            name=name,
            dependencies=[*own, *(dependencies or [])],
            dependency_overrides_provider=self.dependency_overrides_provider,
        )
        route.merlon_levels = [self.merlon_level] * len(own)
        self.routes.append(route)

    def websocket(self, path, name=None, *, dependencies=None):
        def decorator(func):
            self.add_api_websocket_route(path, func, name=name, dependencies=dependencies)
            return func

        return decorator

    def include_router(
        self,
        router,
        *,
        prefix="",
        tags=None,
        dependencies=None,
        default_response_class=Default(JSONResponse),
        responses=None,
        callbacks=None,
        deprecated=None,
        include_in_schema=True,
        generate_unique_id_function=Default(generate_unique_id),
        max_body_size=None,
        form_limits=None,
    ):
        include = _IncludedRouter(
            router,
            prefix,
            list(tags or []),
            list(dependencies or []),
            ["include"] * len(dependencies or []),
            default_response_class,
            responses or {},
            list(callbacks or []),
            deprecated,
            include_in_schema,
            generate_unique_id_function,
            Default(True),
            max_body_size,
            form_limits,
        )
        INCLUDED.append(router)
        if LIVE_INCLUDES:
            self._keep(include)
        else:
            self._copy(include)
        for handler in router.on_startup:
            self.add_event_handler("startup", handler)
        for handler in router.on_shutdown:
            self.add_event_handler("shutdown", handler)

    def _keep(self, include):
        """Since 0.137: what this router has by now is fixed, what the included one has is asked when serving."""
        include.max_body_size = get_body_size_limit(
            include.original_router.max_body_size, include.max_body_size, self.max_body_size
        )
        include.merlon_levels = [self.merlon_level] * len(self.dependencies) + include.merlon_levels
        include.prefix = self.prefix + include.prefix
        include.tags = [*self.tags, *include.tags]
        include.dependencies = [*self.dependencies, *include.dependencies]
        include.default_response_class = get_value_or_default(
            include.default_response_class, self.default_response_class
        )
        include.responses = {**self.responses, **include.responses}
        include.callbacks = [*self.callbacks, *include.callbacks]
        include.deprecated = include.deprecated or self.deprecated
        include.include_in_schema = self.include_in_schema and include.include_in_schema
        include.generate_unique_id_function = get_value_or_default(
            include.generate_unique_id_function, self.generate_unique_id_function
        )
        include.strict_content_type = self.strict_content_type
        self.routes.append(include)

    def _copy(self, include):
        """Before 0.137: each route that is there by now is registered again; mounts are forgotten."""
        router = include.original_router
        for route in list(router.routes):
            kind = route.merlon_kind
            path = include.prefix + getattr(route, "path", "")
            if kind == "http":
                self.add_api_route(
                    path,
                    route.endpoint,
                    response_model=route.response_model,
                    status_code=route.status_code,
                    tags=[*include.tags, *route.tags],
                    dependencies=[*include.dependencies, *route.dependencies],
                    summary=route.summary,
                    description=route.description,
                    response_description=route.response_description,
                    responses={**include.responses, **route.responses},
                    deprecated=route.deprecated or include.deprecated or self.deprecated,
                    methods=route.methods,
                    operation_id=route.operation_id,
                    response_model_include=route.response_model_include,
                    response_model_exclude=route.response_model_exclude,
                    response_model_by_alias=route.response_model_by_alias,
                    response_model_exclude_unset=route.response_model_exclude_unset,
                    response_model_exclude_defaults=route.response_model_exclude_defaults,
                    response_model_exclude_none=route.response_model_exclude_none,
                    include_in_schema=route.include_in_schema
                    and self.include_in_schema
                    and include.include_in_schema,
                    response_class=get_value_or_default(
                        route.response_class,
                        router.default_response_class,
                        include.default_response_class,
                        self.default_response_class,
                    ),
                    name=route.name,
                    route_class_override=type(route),
                    callbacks=[*include.callbacks, *(route.callbacks or [])],
                    openapi_extra=route.openapi_extra,
                    generate_unique_id_function=get_value_or_default(
                        route.generate_unique_id_function,
                        router.generate_unique_id_function,
                        include.generate_unique_id_function,
                        self.generate_unique_id_function,
                    ),
                )
                self._note_levels(include, route)
            elif kind == "starlette":
                self.add_route(
                    path,
                    route.endpoint,
                    methods=list(route.methods or []),
                    include_in_schema=route.include_in_schema,
                    name=route.name,
                )
            elif kind == "websocket":
                self.add_api_websocket_route(
                    path,
                    route.endpoint,
                    dependencies=[*include.dependencies, *route.dependencies],
                    name=route.name,
                )
                self._note_levels(include, route)
            elif kind == "starlette_websocket":
                self.add_websocket_route(path, route.endpoint, name=route.name)

    def _note_levels(self, include, original):
        copied = self.routes[-1]
        own = [self.merlon_level] * len(self.dependencies)
        copied.merlon_levels = [*own, *include.merlon_levels, *original.merlon_levels]
        # The code that registered it, for places in reports.
        copied.merlon_original = getattr(original, "merlon_original", original)

    def get(self, path, **options):
        return self.api_route(path, **{**ROUTE_DEFAULTS, **options, "methods": ["GET"]})

    def put(self, path, **options):
        return self.api_route(path, **{**ROUTE_DEFAULTS, **options, "methods": ["PUT"]})

    def post(self, path, **options):
        return self.api_route(path, **{**ROUTE_DEFAULTS, **options, "methods": ["POST"]})

    def delete(self, path, **options):
        return self.api_route(path, **{**ROUTE_DEFAULTS, **options, "methods": ["DELETE"]})

    def options(self, path, **options):
        return self.api_route(path, **{**ROUTE_DEFAULTS, **options, "methods": ["OPTIONS"]})

    def head(self, path, **options):
        return self.api_route(path, **{**ROUTE_DEFAULTS, **options, "methods": ["HEAD"]})

    def patch(self, path, **options):
        return self.api_route(path, **{**ROUTE_DEFAULTS, **options, "methods": ["PATCH"]})

    def trace(self, path, **options):
        return self.api_route(path, **{**ROUTE_DEFAULTS, **options, "methods": ["TRACE"]})


def _join_frontend(prefix, path):
    if not prefix:
        return path
    if path == "/":
        return prefix
    return prefix + path


class RouteContext:
    """What `iter_route_contexts` yields: an effective route, which attributes are read of."""

    def __init__(self, record):
        self.route = record.route
        self.original_route = record.route
        self.path = record.path
        self.path_format = record.path
        self.name = record.name
        self.methods = record.methods
        self.endpoint = record.endpoint
        self.tags = record.tags
        self.dependencies = record.dependencies
        self.include_in_schema = record.include_in_schema


def iter_route_contexts(routes):
    from merlon_runtime_routes import effective_routes

    router = APIRouter(routes=routes)
    return [RouteContext(record) for record in effective_routes(router) if record.mounted_at is None]


def _iter_included_route_candidates(routes):
    return [context.route for context in iter_route_contexts(routes)]


def _restore_fastapi_scope_key(scope, key, previous):
    pass
