class ConfigDict(dict):
    pass


class BaseConfig:
    pass


class Extra:
    allow = "allow"
    ignore = "ignore"
    forbid = "forbid"


def with_config(config=None, /, **options):
    def decorator(cls):
        cls.__pydantic_config__ = options if config is None else config
        return cls

    return decorator


def pydantic_config(config):
    return config
