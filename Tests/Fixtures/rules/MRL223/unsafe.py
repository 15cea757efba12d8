from fastapi import APIRouter, FastAPI

from shop.security import admin_only, requires_role
from shop.security import permissions

app = FastAPI()
router = APIRouter()


@admin_only  # expect: MRL223
@router.delete("/users/{name}")
async def delete_user(name: str) -> None:
    print(name)


@requires_role("staff")  # expect: MRL223
@app.get("/orders")
def orders() -> list[str]:
    return []


@permissions.requires("reports:read")  # expect: MRL223
@app.get("/reports")
@app.get("/reports/all")
def reports() -> list[str]:
    return []
