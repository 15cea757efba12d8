import functools

from starlette.responses import JSONResponse


def _rate_limit_exceeded_handler(request, exc):
    return JSONResponse({"error": "Rate limit exceeded"}, status_code=429)


class Limiter:
    def __init__(self, key_func=None, default_limits=None, **options):
        self.key_func = key_func
        self.default_limits = default_limits
        self.options = options

    def limit(self, limit_value, key_func=None, **options):
        def decorator(func):
            @functools.wraps(func)
            async def async_wrapper(*args, **kwargs):
                return await func(*args, **kwargs)

            return async_wrapper

        return decorator

    def shared_limit(self, limit_value, scope, key_func=None, **options):
        return self.limit(limit_value)

    def exempt(self, obj):
        return obj
