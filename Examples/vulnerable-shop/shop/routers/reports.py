import traceback

from fastapi import APIRouter, HTTPException, status
from fastapi.responses import FileResponse, JSONResponse
from sqlalchemy import func, select, text

from shop.config import get_settings
from shop.dependencies import Admin, Database, Staff
from shop.models import Order
from shop.schemas import ExportRequest
from shop.services import archives

router = APIRouter(prefix="/reports", tags=["reports"])


@router.get("/sales")
def sales(db: Database) -> dict:
    total, count = db.execute(select(func.sum(Order.total), func.count(Order.id))).one()
    return {"total": total or 0, "orders": count}


@router.get("/query")
def run_query(sql: str, admin: Admin, db: Database) -> JSONResponse:
    try:
        result = [dict(row) for row in db.execute(text(sql)).mappings()]
    except Exception:
        return JSONResponse({"error": traceback.format_exc()}, status_code=500)
    return JSONResponse(result)


@router.get("/{name}")
def read_report(name: str, db: Database) -> dict:
    status_filter = {"open": "open", "paid": "paid"}.get(name)
    query = select(Order.number, Order.total)
    if status_filter:
        query = query.where(Order.status == status_filter)
    return {"report": name, "orders": [list(row) for row in db.execute(query)]}


@router.get("/finance")
def finance(admin: Admin, db: Database) -> dict:
    paid = select(func.sum(Order.total)).where(Order.status == "paid")
    return {"report": "finance", "paid": db.scalar(paid) or 0}


@router.post("/export", status_code=status.HTTP_201_CREATED)
def export(payload: ExportRequest, staff: Staff) -> dict:
    lines = [",".join(str(value) for value in row.values()) for row in payload.rows]
    target = get_settings().report_dir / f"{payload.name}.csv"
    target.write_text("\n".join(lines))
    return {"name": payload.name, "spool": archives.spool(target.read_bytes())}


@router.get("/export/{name}")
def download_export(name: str, staff: Staff) -> FileResponse:
    target = get_settings().report_dir / f"{name}.csv"
    if not target.is_file():
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such export")
    return FileResponse(target)
