"""Debug mode that is off, or that settings decide."""
import logging
import os

from fastapi import APIRouter, FastAPI

from shop.settings import settings

DEBUG = os.environ.get("SHOP_DEBUG") == "1"

app = FastAPI(debug=settings.debug)
by_environment = FastAPI(debug=DEBUG)
off = FastAPI(debug=False)
off.debug = settings.debug
logging.basicConfig(level=logging.DEBUG)


class Printer:
    def __init__(self, debug: bool = False) -> None:
        self.debug = debug


printer = Printer(debug=True)
printer.debug = True
router = APIRouter(prefix="/debug", tags=["debug"])
