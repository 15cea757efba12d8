"""Documentation that was meant to be closed."""
import os

from fastapi import FastAPI
from fastapi import FastAPI as Application

PRODUCTION = os.environ.get("ENVIRONMENT") == "production"
NO_DOCS = None

app = FastAPI(docs_url=None)  # expect: MRL504
both_pages = FastAPI(docs_url=None, redoc_url=None)  # expect: MRL504
in_production = Application(docs_url=None if PRODUCTION else "/docs")  # expect: MRL504
by_constant = FastAPI(  # expect: MRL504
    title="Shop",
    docs_url=NO_DOCS,
)


def create_app() -> FastAPI:
    docs_url = "/docs"
    if PRODUCTION:
        docs_url = None
    return FastAPI(docs_url=docs_url)  # expect: MRL504
