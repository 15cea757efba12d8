from merlon_runtime import APPLICATIONS, INCLUDED
from starlette.applications import Starlette
from starlette.datastructures import State
from starlette.exceptions import HTTPException
from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request

from fastapi import routing
from fastapi.datastructures import Default
from fastapi.exception_handlers import (
    http_exception_handler,
    request_validation_exception_handler,
    websocket_request_validation_exception_handler,
)
from fastapi.exceptions import RequestValidationError, WebSocketRequestValidationError
from fastapi.openapi.docs import get_redoc_html, get_swagger_ui_html, get_swagger_ui_oauth2_redirect_html
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.utils import generate_unique_id


class FastAPI(Starlette):
    def __init__(
        self,
        *,
        debug=False,
        routes=None,
        title="FastAPI",
        summary=None,
        description="",
        version="0.1.0",
        openapi_url="/openapi.json",
        openapi_tags=None,
        servers=None,
        dependencies=None,
        default_response_class=Default(JSONResponse),
        redirect_slashes=True,
        docs_url="/docs",
        redoc_url="/redoc",
        swagger_ui_oauth2_redirect_url="/docs/oauth2-redirect",
        swagger_ui_init_oauth=None,
        middleware=None,
        exception_handlers=None,
        on_startup=None,
        on_shutdown=None,
        lifespan=None,
        terms_of_service=None,
        contact=None,
        license_info=None,
        openapi_prefix="",
        root_path="",
        root_path_in_servers=True,
        responses=None,
        callbacks=None,
        webhooks=None,
        deprecated=None,
        include_in_schema=True,
        swagger_ui_parameters=None,
        generate_unique_id_function=Default(generate_unique_id),
        separate_input_output_schemas=True,
        openapi_external_docs=None,
        strict_content_type=True,
        max_body_size=None,
        form_limits=None,
        telemetry=None,
        **extra,
    ):
        APPLICATIONS.append(self)
        self.debug = debug
        self.title = title
        self.summary = summary
        self.description = description
        self.version = version
        self.terms_of_service = terms_of_service
        self.contact = contact
        self.license_info = license_info
        self.openapi_url = openapi_url
        self.openapi_tags = openapi_tags
        self.root_path = root_path or openapi_prefix
        self.root_path_in_servers = root_path_in_servers
        self.docs_url = docs_url
        self.redoc_url = redoc_url
        self.swagger_ui_oauth2_redirect_url = swagger_ui_oauth2_redirect_url
        self.swagger_ui_init_oauth = swagger_ui_init_oauth
        self.swagger_ui_parameters = swagger_ui_parameters
        self.servers = servers or []
        self.separate_input_output_schemas = separate_input_output_schemas
        self.openapi_external_docs = openapi_external_docs
        self.openapi_version = "3.1.0"
        self.openapi_schema = None
        self.extra = extra
        self.telemetry = telemetry
        self.max_body_size = max_body_size
        self.webhooks = webhooks or routing.APIRouter()
        self.state = State()
        self.dependency_overrides = {}
        self.router = routing.APIRouter(
            routes=routes,
            redirect_slashes=redirect_slashes,
            dependency_overrides_provider=self,
            on_startup=on_startup,
            on_shutdown=on_shutdown,
            lifespan=lifespan,
            default_response_class=default_response_class,
            dependencies=dependencies,
            callbacks=callbacks,
            deprecated=deprecated,
            include_in_schema=include_in_schema,
            responses=responses,
            generate_unique_id_function=generate_unique_id_function,
            strict_content_type=strict_content_type,
            max_body_size=max_body_size,
            form_limits=form_limits,
        )
        self.router.merlon_level = "application"
        INCLUDED.append(self.router)
        INCLUDED.append(self.webhooks)
        self.exception_handlers = {} if exception_handlers is None else dict(exception_handlers)
        self.exception_handlers.setdefault(HTTPException, http_exception_handler)
        self.exception_handlers.setdefault(RequestValidationError, request_validation_exception_handler)
        self.exception_handlers.setdefault(
            WebSocketRequestValidationError, websocket_request_validation_exception_handler
        )
        self.user_middleware = [] if middleware is None else list(middleware)
        self.middleware_stack = None
        self.setup()

    def openapi(self):
        if not self.openapi_schema:
            self.openapi_schema = get_openapi(title=self.title, version=self.version, routes=self.routes)
        return self.openapi_schema

    def setup(self):
        if self.openapi_url:

            async def openapi(req: Request) -> JSONResponse:
                return JSONResponse(self.openapi())

            self.add_route(self.openapi_url, openapi, include_in_schema=False)
        if self.openapi_url and self.docs_url:

            async def swagger_ui_html(req: Request) -> HTMLResponse:
                return get_swagger_ui_html(openapi_url=self.openapi_url, title=self.title)

            self.add_route(self.docs_url, swagger_ui_html, include_in_schema=False)
            if self.swagger_ui_oauth2_redirect_url:

                async def swagger_ui_redirect(req: Request) -> HTMLResponse:
                    return get_swagger_ui_oauth2_redirect_html()

                self.add_route(self.swagger_ui_oauth2_redirect_url, swagger_ui_redirect, include_in_schema=False)
        if self.openapi_url and self.redoc_url:

            async def redoc_html(req: Request) -> HTMLResponse:
                return get_redoc_html(openapi_url=self.openapi_url, title=self.title)

            self.add_route(self.redoc_url, redoc_html, include_in_schema=False)

    def add_api_route(self, path, endpoint, **options):
        self.router.add_api_route(path, endpoint=endpoint, **{**routing.ROUTE_DEFAULTS, **options})

    def api_route(self, path, **options):
        def decorator(func):
            self.router.add_api_route(path, func, **{**routing.ROUTE_DEFAULTS, **options})
            return func

        return decorator

    def frontend(self, path, *, directory, fallback="auto", check_dir="auto"):
        self.router.frontend(path, directory=directory, fallback=fallback, check_dir=check_dir)

    def add_api_websocket_route(self, path, endpoint, name=None, *, dependencies=None):
        self.router.add_api_websocket_route(path, endpoint, name=name, dependencies=dependencies)

    def websocket(self, path, name=None, *, dependencies=None):
        def decorator(func):
            self.add_api_websocket_route(path, func, name=name, dependencies=dependencies)
            return func

        return decorator

    def include_router(
        self,
        router,
        *,
        prefix="",
        tags=None,
        dependencies=None,
        responses=None,
        deprecated=None,
        include_in_schema=True,
        default_response_class=Default(JSONResponse),
        callbacks=None,
        generate_unique_id_function=Default(generate_unique_id),
        max_body_size=None,
        form_limits=None,
    ):
        self.router.include_router(
            router,
            prefix=prefix,
            tags=tags,
            dependencies=dependencies,
            responses=responses,
            deprecated=deprecated,
            include_in_schema=include_in_schema,
            default_response_class=default_response_class,
            callbacks=callbacks,
            generate_unique_id_function=generate_unique_id_function,
            max_body_size=max_body_size,
            form_limits=form_limits,
        )

    def get(self, path, **options):
        return self.router.get(path, **options)

    def put(self, path, **options):
        return self.router.put(path, **options)

    def post(self, path, **options):
        return self.router.post(path, **options)

    def delete(self, path, **options):
        return self.router.delete(path, **options)

    def options(self, path, **options):
        return self.router.options(path, **options)

    def head(self, path, **options):
        return self.router.head(path, **options)

    def patch(self, path, **options):
        return self.router.patch(path, **options)

    def trace(self, path, **options):
        return self.router.trace(path, **options)

    def websocket_route(self, path, name=None):
        def decorator(func):
            self.router.add_websocket_route(path, func, name=name)
            return func

        return decorator

    def on_event(self, event_type):
        return self.router.on_event(event_type)

    def middleware(self, middleware_type):
        def decorator(func):
            self.add_middleware(BaseHTTPMiddleware, dispatch=func)
            return func

        return decorator

    def exception_handler(self, exc_class_or_status_code):
        def decorator(func):
            self.add_exception_handler(exc_class_or_status_code, func)
            return func

        return decorator
