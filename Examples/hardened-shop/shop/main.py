import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from starlette.middleware.sessions import SessionMiddleware

from shop.bootstrap import prepare_database
from shop.config import BASE_DIR, get_settings
from shop.hardening import harden
from shop.internal import internal_app
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
from shop.schemas import Health

logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s")


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    prepare_database()
    yield


def create_app() -> FastAPI:
    settings = get_settings()
    app = FastAPI(
        title=settings.app_name,
        version="3.0.0",
        openapi_url="/openapi.json" if settings.publish_schema else None,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        max_body_size=100_000,
    )
    app.add_middleware(
        SessionMiddleware,
        secret_key=settings.session_key.get_secret_value(),
        session_cookie="__Host-sign-in",
        max_age=600,
        https_only=True,
        same_site="lax",
    )

    app.include_router(items.feed_router)
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
    app.mount("/static", StaticFiles(directory=BASE_DIR / "shop" / "static"), "static")
    return app


def health() -> Health:
    return Health()


app = harden(create_app(), get_settings())
