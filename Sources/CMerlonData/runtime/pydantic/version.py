from merlon_runtime import PYDANTIC_VERSION

VERSION = "%d.%d.%d" % PYDANTIC_VERSION


def version_short():
    return "%d.%d" % PYDANTIC_VERSION[:2]
