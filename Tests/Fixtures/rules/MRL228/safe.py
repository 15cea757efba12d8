from fastapi import APIRouter, FastAPI

app = FastAPI()
router = APIRouter(prefix="/reports")
later = APIRouter(prefix="/later")


@router.get("/status")
def status() -> str:
    return "ok"


app.include_router(router)


# The application itself takes routes at any time.
@app.get("/version")
def version() -> str:
    return "1"


# Another router, included below.
@later.get("/x")
def x() -> str:
    return "x"


app.include_router(later)


def build() -> APIRouter:
    router = APIRouter()

    @router.get("/inner")
    def inner() -> str:
        return "inner"

    return router


app.include_router(build())
