import functools


def validate_call(func=None, /, *, config=None, validate_return=False):
    def decorator(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            return function(*args, **kwargs)

        return wrapper

    return decorator if func is None else decorator(func)


def validate_arguments(func=None, /, *, config=None):
    return validate_call(func)
