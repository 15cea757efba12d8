from merlon_runtime import STARLETTE_VERSION

__version__ = "%d.%d.%d" % STARLETTE_VERSION
