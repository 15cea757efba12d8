"""Class-based views: methods of a class that are endpoints get an instance of it by dependency injection."""

import inspect
import typing

from fastapi import APIRouter, Depends


def cbv(router, *urls):
    def decorator(cls):
        return _cbv(router, cls, *urls)

    return decorator


def _cbv(router, cls, *urls, instance=None):
    _init_cbv(cls, instance)
    functions = [value for name, value in inspect.getmembers(cls, inspect.isfunction)]
    for url in urls:
        _allocate(router, url, cls)
    views = APIRouter()
    for route in list(router.routes):
        if route.endpoint not in functions:
            continue
        router.routes.remove(route)
        # The prefix comes back with the include.
        route.path = route.path[len(router.prefix) :]
        _take_instance(cls, route.endpoint)
        route.name = cls.__name__ + "." + route.name
        views.routes.append(route)
    router.include_router(views)
    return cls


def _init_cbv(cls, instance):
    """Annotated attributes of the class become parameters beside those of `__init__`."""
    if getattr(cls, "__cbv_class__", False):
        return
    parameters = []
    for parameter in list(inspect.signature(cls.__init__).parameters.values())[1:]:
        if parameter.kind not in (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD):
            parameters.append(parameter)
    for name, hint in typing.get_type_hints(cls, include_extras=True).items():
        parameters.append(
            inspect.Parameter(
                name, inspect.Parameter.KEYWORD_ONLY, default=getattr(cls, name, ...), annotation=hint
            )
        )
    cls.__signature__ = inspect.Signature([] if instance else parameters)
    cls.__cbv_class__ = True


def _allocate(router, url, cls):
    """Methods named as HTTP methods are endpoints of the url."""
    for method in ("delete", "get", "head", "options", "patch", "post", "put", "trace"):
        function = getattr(cls, method, None)
        if function is None:
            continue
        settings = getattr(function, "__return_types_func__", None)
        if settings is None:
            router.api_route(url, methods=[method.capitalize()], response_model=None, status_code=200)(function)
        else:
            response_model, status_code, responses, options = settings()
            router.api_route(
                url,
                methods=[method.capitalize()],
                response_model=response_model,
                status_code=status_code,
                responses=responses,
                **options,
            )(function)


def _take_instance(cls, endpoint):
    signature = inspect.signature(endpoint)
    parameters = list(signature.parameters.values())
    first = parameters[0].replace(default=Depends(cls))
    rest = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in parameters[1:]]
    endpoint.__signature__ = signature.replace(parameters=[first, *rest])
