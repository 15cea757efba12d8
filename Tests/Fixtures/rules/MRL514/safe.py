"""JSON by its content type."""
from fastapi import APIRouter, FastAPI

from shop.settings import settings

app = FastAPI()
explicit = FastAPI(strict_content_type=True)
by_setting = FastAPI(strict_content_type=settings.strict)
router = APIRouter(prefix="/orders")


class Importer:
    def __init__(self, strict_content_type: bool) -> None:
        self.strict = strict_content_type


importer = Importer(strict_content_type=False)
