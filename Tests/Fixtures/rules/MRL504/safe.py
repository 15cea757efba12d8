"""Documentation that is closed, or open on purpose."""
from fastapi import FastAPI

from shop.settings import settings

closed = FastAPI(openapi_url=None)
all_three = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
in_production = FastAPI(openapi_url="/openapi.json" if settings.show_docs else None)
moved = FastAPI(docs_url="/documentation", redoc_url=None)
open_app = FastAPI(title="Public API")
by_setting = FastAPI(docs_url=settings.docs_url, openapi_url=settings.openapi_url)
