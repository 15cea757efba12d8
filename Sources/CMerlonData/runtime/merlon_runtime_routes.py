"""The routing table that an application or router has in the end, flat and in matching order.

This is not a model of a library: it is what Merlon asks once the code that builds an application has run.
"""

from fastapi.applications import FastAPI
from fastapi.datastructures import DefaultPlaceholder
from fastapi.routing import get_body_size_limit
from fastapi.utils import get_value_or_default
from starlette import routing


class EffectiveRoute:
    """One route with everything that its routers, includes and mounts add to it."""

    # `http`, `websocket`, `starlette`, `mount`, `host`, `frontend`, or `other` for classes of applications.
    kind = None
    # With all prefixes, convertors as written: `/files/{path:path}`.
    path = ""
    # Sorted; None for WebSockets, mounts and ASGI applications that take all methods.
    methods = None
    name = None
    endpoint = None
    # The route object as it was registered, for the place of its registration and its class.
    route = None
    # `Depends` and `Security` objects in the order of solving, those of the endpoint's parameters excepted.
    dependencies = ()
    # For each of them: `application`, `router`, `include` or `route`.
    levels = ()
    # A `DefaultPlaceholder` when nobody gave one: then the return annotation tells.
    response_model = None
    response_class = None
    status_code = None
    tags = ()
    include_in_schema = True
    deprecated = None
    operation_id = None
    summary = None
    description = None
    response_description = None
    responses = {}
    callbacks = ()
    openapi_extra = None
    generate_unique_id_function = None
    response_model_include = None
    response_model_exclude = None
    response_model_by_alias = True
    response_model_exclude_unset = False
    response_model_exclude_defaults = False
    response_model_exclude_none = False
    strict_content_type = True
    max_body_size = None
    form_limits = None
    # Class of the route object.
    route_class = None
    # The path of the outermost mount that the route lies below.
    mounted_at = None
    # For mounts, hosts and frontends: the application and its folder.
    app = None
    directory = None
    fallback = None
    host = None

    def __init__(self, kind, path, route):
        self.kind = kind
        self.path = path
        self.route = getattr(route, "merlon_original", route)
        self.route_class = type(route)
        self.name = getattr(route, "name", None)


def effective_routes(app):
    """The `EffectiveRoute`s of an application or router; of `app.webhooks`, its webhooks."""
    router = getattr(app, "router", app)
    found = []
    for route in router.routes:
        _describe(route, None, "", found)
    for frontend in getattr(router, "merlon_frontends", []):
        found.append(_frontend(frontend, None))
    _included_frontends(router, None, found)
    return found


def middleware_of(app):
    """`Middleware` objects, outermost first."""
    return app.user_middleware


def _describe(route, include, prefix, found):
    kind = getattr(route, "merlon_kind", "other")
    if kind == "included":
        inner = route if include is None else _combined(include, route)
        for child in route.original_router.routes:
            _describe(child, inner, prefix, found)
        return
    inside = "" if include is None else include.prefix
    path = _joined(prefix, inside + getattr(route, "path", ""))
    if kind == "http":
        found.append(_operation(route, include, path))
    elif kind == "websocket":
        record = EffectiveRoute("websocket", path, route)
        record.endpoint = route.endpoint
        _add_dependencies(record, route, include)
        found.append(record)
    elif kind == "starlette" or kind == "starlette_websocket":
        record = EffectiveRoute("starlette" if kind == "starlette" else "websocket", path, route)
        record.endpoint = route.endpoint
        if kind == "starlette":
            record.methods = sorted(route.methods or [])
            record.include_in_schema = route.include_in_schema
        found.append(record)
    elif kind == "mount" or kind == "host":
        _mount(kind, route, inside, path, prefix, found)
    else:
        found.append(EffectiveRoute("other", path, route))


def _operation(route, include, path):
    record = EffectiveRoute("http", path, route)
    record.methods = sorted(route.methods)
    record.endpoint = route.endpoint
    record.response_model = route.response_model
    record.status_code = route.status_code
    record.operation_id = route.operation_id
    record.summary = route.summary
    record.description = route.description
    record.response_description = route.response_description
    record.openapi_extra = route.openapi_extra
    record.response_model_include = route.response_model_include
    record.response_model_exclude = route.response_model_exclude
    record.response_model_by_alias = route.response_model_by_alias
    record.response_model_exclude_unset = route.response_model_exclude_unset
    record.response_model_exclude_defaults = route.response_model_exclude_defaults
    record.response_model_exclude_none = route.response_model_exclude_none
    record.form_limits = route.form_limits
    _add_dependencies(record, route, include)
    if include is None:
        record.tags = route.tags
        record.deprecated = route.deprecated
        record.include_in_schema = route.include_in_schema
        record.responses = route.responses
        record.callbacks = route.callbacks
        record.response_class = route.response_class
        record.generate_unique_id_function = route.generate_unique_id_function
        record.strict_content_type = route.strict_content_type
        record.max_body_size = route.max_body_size
        return record
    router = include.original_router
    record.tags = [*include.tags, *route.tags]
    record.deprecated = route.deprecated or include.deprecated
    record.include_in_schema = route.include_in_schema and include.include_in_schema
    record.responses = {**include.responses, **route.responses}
    record.callbacks = [*include.callbacks, *(route.callbacks or [])]
    record.response_class = get_value_or_default(
        route.response_class, router.default_response_class, include.default_response_class
    )
    record.generate_unique_id_function = get_value_or_default(
        route.generate_unique_id_function, router.generate_unique_id_function, include.generate_unique_id_function
    )
    record.strict_content_type = get_value_or_default(
        route.strict_content_type, router.strict_content_type, include.strict_content_type
    )
    record.max_body_size = get_body_size_limit(route.max_body_size, include.max_body_size)
    return record


def _add_dependencies(record, route, include):
    levels = list(route.merlon_levels)
    # What the route itself declares, and what its class may have added.
    levels = levels + ["route"] * (len(route.dependencies) - len(levels))
    if include is None:
        record.dependencies = list(route.dependencies)
        record.levels = levels
    else:
        record.dependencies = [*include.dependencies, *route.dependencies]
        record.levels = [*include.merlon_levels, *levels]


def _mount(kind, route, inside, path, prefix, found):
    app = route.app
    routes = getattr(route, "routes", None) or []
    if kind == "mount":
        # The path of a mount never ends in a slash.
        path = path.rstrip("/")
    else:
        path = prefix
        if inside:
            # A host below a prefix answers below that prefix only.
            app = routing.Router(routes=[routing.Mount(inside, app=app)])
            routes = app.routes
    record = EffectiveRoute(kind, path, route)
    record.app = app
    record.host = getattr(route, "host", None)
    record.directory = getattr(app, "directory", None)
    found.append(record)
    first = len(found)
    for inner in routes:
        _describe(inner, None, path, found)
    for inner in found[first:]:
        inner.mounted_at = path


def _joined(prefix, path):
    return prefix.rstrip("/") + path


def _combined(outer, inner):
    """An include below an include, as one."""
    both = _Combined()
    both.original_router = inner.original_router
    both.prefix = outer.prefix + inner.prefix
    both.tags = [*outer.tags, *inner.tags]
    both.dependencies = [*outer.dependencies, *inner.dependencies]
    both.merlon_levels = [*outer.merlon_levels, *inner.merlon_levels]
    both.default_response_class = get_value_or_default(inner.default_response_class, outer.default_response_class)
    both.responses = {**outer.responses, **inner.responses}
    both.callbacks = [*outer.callbacks, *inner.callbacks]
    both.deprecated = outer.deprecated or inner.deprecated
    both.include_in_schema = outer.include_in_schema and inner.include_in_schema
    both.generate_unique_id_function = get_value_or_default(
        inner.generate_unique_id_function, outer.generate_unique_id_function
    )
    both.strict_content_type = get_value_or_default(inner.strict_content_type, outer.strict_content_type)
    both.max_body_size = get_body_size_limit(inner.max_body_size, outer.max_body_size)
    return both


class _Combined:
    pass


def _frontend(route, include):
    inside = "" if include is None else include.prefix
    path = _joined(inside, route.path).rstrip("/") or "/"
    record = EffectiveRoute("frontend", path, route)
    record.methods = sorted(route.methods)
    record.name = None
    record.app = route.app
    record.directory = route.directory
    record.fallback = route.fallback
    _add_dependencies(record, route, include)
    return record


def _included_frontends(router, include, found):
    for route in router.routes:
        if getattr(route, "merlon_kind", "other") == "included":
            inner = route if include is None else _combined(include, route)
            for frontend in getattr(route.original_router, "merlon_frontends", []):
                found.append(_frontend(frontend, inner))
            _included_frontends(route.original_router, inner, found)
