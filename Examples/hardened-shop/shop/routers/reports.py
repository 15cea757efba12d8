from pathlib import Path as FilePath
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, status
from fastapi.responses import FileResponse
from sqlalchemy import func, select

from shop.config import get_settings
from shop.dependencies import Admin, Database, Staff
from shop.models import Order
from shop.schemas import (
    ExportOut,
    ExportRequest,
    Finance,
    OrderTotal,
    QueryName,
    QueryRow,
    Report,
    ReportName,
    Sales,
)
from shop.services import archives, catalog

router = APIRouter(prefix="/reports", tags=["reports"])

ExportName = Annotated[str, Path(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]


@router.get("/sales")
def sales(staff: Staff, db: Database) -> Sales:
    total, count = db.execute(select(func.sum(Order.total), func.count(Order.id))).one()
    return Sales(total=total or 0, orders=count)


@router.get("/query", response_model=list[QueryRow])
def run_query(name: QueryName, admin: Admin, db: Database) -> list:
    return catalog.run_query(db, name)


@router.get("/finance")
def finance(admin: Admin, db: Database) -> Finance:
    paid = select(func.sum(Order.total)).where(Order.status == "paid")
    return Finance(paid=db.scalar(paid) or 0)


@router.get("/{name}")
def read_report(name: ReportName, staff: Staff, db: Database) -> Report:
    query = select(Order.number, Order.total).where(Order.status == name.value).limit(500)
    totals = [OrderTotal(number=number, total=total) for number, total in db.execute(query)]
    return Report(report=name, orders=totals)


def export_path(name: str) -> FilePath:
    folder = get_settings().report_dir.resolve()
    target = (folder / f"{name}.csv").resolve()
    if not target.is_relative_to(folder):
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such export")
    return target


@router.post("/export", status_code=status.HTTP_201_CREATED)
def export(payload: ExportRequest, staff: Staff) -> ExportOut:
    content = archives.to_csv([list(row.values()) for row in payload.rows])
    spooled = FilePath(archives.spool(content.encode()))
    export_path(payload.name).write_bytes(spooled.read_bytes())
    spooled.unlink()
    return ExportOut(name=payload.name)


@router.get("/export/{name}", response_class=FileResponse)
def download_export(name: ExportName, staff: Staff) -> FileResponse:
    target = export_path(name)
    if not target.is_file():
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such export")
    return FileResponse(target, media_type="text/csv", filename=f"{name}.csv")
