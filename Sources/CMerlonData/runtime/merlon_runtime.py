"""Versions that the models answer for. The interpreter replaces the first two by those of the project."""

FASTAPI_VERSION = (0, 165, 0)
PYDANTIC_VERSION = (2, 14, 3)
STARLETTE_VERSION = (1, 10, 0)

# Since 0.137.0 an included router is kept by reference; before, its routes were copied when it was included.
LIVE_INCLUDES = FASTAPI_VERSION >= (0, 137, 0)
# WebSocket routes take dependencies of routers and applications since 0.97.0.
WEBSOCKET_DEPENDENCIES = FASTAPI_VERSION >= (0, 97, 0)
# `frontend()` of 0.138 served files without the dependencies of its router.
FRONTEND_DEPENDENCIES = FASTAPI_VERSION >= (0, 139, 0)

# All applications and routers in the order in which they are made, and the routers that were included or mounted.
APPLICATIONS = []
ROUTERS = []
INCLUDED = []
