"""Temporary names that others can take."""
import os
import tempfile
from pathlib import Path
from tempfile import mktemp

from fastapi import FastAPI
from fastapi.responses import FileResponse

app = FastAPI()
REPORT = "/tmp/shop-report.csv"


@app.get("/export")
def export() -> FileResponse:
    path = tempfile.mktemp(suffix=".csv")  # expect: MRL314
    Path(path).write_text("id,name")
    return FileResponse(path)


def scratch() -> str:
    return mktemp()  # expect: MRL314


def report(rows: list[str]) -> None:
    with open("/tmp/report.csv", "w") as file:  # expect: MRL314
        file.writelines(rows)


def by_constant(rows: list[str]) -> None:
    with open(REPORT, mode="a") as file:  # expect: MRL314
        file.writelines(rows)


def by_user(user: int, data: bytes) -> None:
    with open(f"/tmp/upload-{user}.bin", "wb") as file:  # expect: MRL314
        file.write(data)


def by_folder(data: bytes) -> None:
    path = os.path.join(tempfile.gettempdir(), "upload.bin")
    with open(path, "wb") as file:  # expect-missing: MRL314 (a path that is joined to `gettempdir()`)
        file.write(data)
