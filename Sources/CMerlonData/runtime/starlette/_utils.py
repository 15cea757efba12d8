import functools
import inspect


def is_async_callable(obj):
    while isinstance(obj, functools.partial):
        obj = obj.func
    return inspect.iscoroutinefunction(obj)


def get_route_path(scope):
    return scope["path"]
