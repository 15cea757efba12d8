"""JSON of any content type."""
from fastapi import APIRouter, FastAPI

LENIENT = False

app = FastAPI(strict_content_type=False)  # expect: MRL514
by_constant = FastAPI(title="Shop", strict_content_type=LENIENT)  # expect: MRL514
router = APIRouter(prefix="/old", strict_content_type=False)  # expect: MRL514
