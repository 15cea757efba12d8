from fastapi import APIRouter, FastAPI
from fastapi.staticfiles import StaticFiles

app = FastAPI()
router = APIRouter(prefix="/reports")


@router.get("/status")
def status() -> str:
    return "ok"


app.include_router(router)


@router.get("/debug")  # expect: MRL228
def debug() -> str:
    return "debug"


router.mount("/files", StaticFiles(directory="files"))  # expect: MRL228
