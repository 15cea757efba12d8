from fastapi import APIRouter

router = APIRouter()


@router.get("/two")
async def read_two(limit: int = 10):
    return limit
