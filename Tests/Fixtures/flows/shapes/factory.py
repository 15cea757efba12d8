from fastapi import APIRouter


def make_router():
    router = APIRouter()

    @router.get("/run")
    def run(value: str):
        return {sink:value}

    return router


app.include_router(make_router())
