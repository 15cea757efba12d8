import os


class EnvironError(Exception):
    pass


class Environ:
    def __init__(self, environ=None):
        pass

    def get(self, key, default=None):
        return os.environ.get(key, default)


environ = Environ()


class undefined:
    pass


class Config:
    def __init__(self, env_file=None, environ=environ, env_prefix="", encoding="utf-8"):
        self.env_file = env_file
        self.environ = environ
        self.env_prefix = env_prefix

    def __call__(self, key, cast=None, default=undefined):
        return self.get(key, cast, default)

    def get(self, key, cast=None, default=undefined):
        if default is undefined:
            value = os.environ.get(self.env_prefix + key, "")
        else:
            value = os.environ.get(self.env_prefix + key, default)
        if cast is None or value is None:
            return value
        return cast(value)
