from fastapi import APIRouter

router = APIRouter()


@router.get("/three")
async def read_three(limit: int = 10):
    return limit
