from typing import Annotated

from fastapi import APIRouter, Query

from shop.dependencies import CurrentUser
from shop.schemas import ActivityEntry, ActivityFilter, StaffEntry
from shop.services import directory

router = APIRouter(prefix="/directory", tags=["directory"])

PersonName = Annotated[str, Query(pattern=r"^[\w .'-]{1,60}$")]


@router.get("/staff", response_model=list[StaffEntry])
def find_staff(name: PersonName, user: CurrentUser) -> list:
    return directory.find_staff(name)


@router.post("/activity/search", response_model=list[ActivityEntry])
def search_activity(criteria: ActivityFilter, user: CurrentUser) -> list:
    return directory.search_activity(criteria)
