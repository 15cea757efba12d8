from fastapi import APIRouter

router = APIRouter()


@router.get("/one")
async def read_one(limit: int = 10):
    return limit
