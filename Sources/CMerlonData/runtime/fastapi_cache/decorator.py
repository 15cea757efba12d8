import functools


def cache(expire=None, coder=None, key_builder=None, namespace="", **options):
    def wrapper(func):
        @functools.wraps(func)
        async def inner(*args, **kwargs):
            return await func(*args, **kwargs)

        return inner

    return wrapper
