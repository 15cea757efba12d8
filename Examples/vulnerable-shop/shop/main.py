import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.middleware.cors import CORSMiddleware
from fastapi.middleware.trustedhost import TrustedHostMiddleware
from fastapi.responses import JSONResponse
from fastapi.staticfiles import StaticFiles
from starlette.middleware.sessions import SessionMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from shop.bootstrap import prepare_database
from shop.config import BASE_DIR
from shop.internal import internal_app
from shop.middleware import BackofficeMiddleware, SecurityHeadersMiddleware, WidgetMiddleware
from shop.routers import (
    admin,
    auth,
    chat,
    directory,
    exports,
    files,
    items,
    orders,
    pages,
    partners,
    payments,
    reports,
    sso,
    users,
    webhooks,
    wishlist,
)

logging.basicConfig(level=logging.INFO)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    prepare_database()
    yield


def create_app() -> FastAPI:
    app = FastAPI(
        title="Larkspur",
        version="2.4.0",
        debug=True,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )

    app.add_middleware(SecurityHeadersMiddleware)
    app.add_middleware(BackofficeMiddleware)
    app.add_middleware(SessionMiddleware, secret_key="larkspur-session-key", max_age=None)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=["*"],
        allow_credentials=True,
        allow_methods=["*"],
        allow_headers=["*"],
    )
    app.add_middleware(WidgetMiddleware)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=["*"])
    app.add_middleware(ProxyHeadersMiddleware, trusted_hosts="*")

    app.add_exception_handler(RequestValidationError, show_validation_error)

    for module in (
        auth,
        sso,
        users,
        items,
        wishlist,
        orders,
        payments,
        admin,
        files,
        webhooks,
        chat,
        reports,
        directory,
        partners,
        exports,
        pages,
    ):
        app.include_router(module.router)

    app.add_api_route("/health", health, methods=["GET"], tags=["health"])
    app.mount("/internal", internal_app)
    static_files = StaticFiles(directory=BASE_DIR / "shop" / "static", follow_symlink=True)
    app.mount("/static", static_files, "static")
    return app


async def show_validation_error(request: Request, error: RequestValidationError) -> JSONResponse:
    return JSONResponse(
        {"errors": jsonable_encoder(error.errors()), "body": jsonable_encoder(error.body)},
        status_code=422,
    )


def health() -> dict:
    return {"status": "ok"}


app = create_app()
