from typing import Any

from fastapi import APIRouter

from shop.dependencies import CurrentUser
from shop.services import directory

router = APIRouter(prefix="/directory", tags=["directory"])


@router.get("/staff")
def find_staff(name: str, user: CurrentUser) -> list[dict]:
    return directory.find_staff(name)


@router.post("/activity/search")
def search_activity(criteria: dict[str, Any], user: CurrentUser) -> list[dict]:
    return directory.search_activity(criteria)
