import functools


def has_required_scope(conn, scopes):
    for scope in scopes:
        if scope not in conn.auth.scopes:
            return False
    return True


def requires(scopes, status_code=403, redirect=None):
    scopes_list = [scopes] if isinstance(scopes, str) else list(scopes)

    def decorator(func):
        @functools.wraps(func)
        async def wrapper(*args, **kwargs):
            return func(*args, **kwargs)

        wrapper.required_scopes = scopes_list
        return wrapper

    return decorator


class AuthenticationError(Exception):
    pass


class AuthenticationBackend:
    async def authenticate(self, conn):
        raise NotImplementedError()


class AuthCredentials:
    def __init__(self, scopes=None):
        self.scopes = [] if scopes is None else list(scopes)


class BaseUser:
    pass


class SimpleUser(BaseUser):
    def __init__(self, username):
        self.username = username

    @property
    def is_authenticated(self):
        return True


class UnauthenticatedUser(BaseUser):
    @property
    def is_authenticated(self):
        return False
