"""Static files of one folder."""
import os
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

app = FastAPI()
app.mount("/static", StaticFiles(directory="static"))
app.mount("/media", StaticFiles(directory="media", follow_symlink=False))


def size(path: Path) -> int:
    return os.stat(path, follow_symlinks=True).st_size


def search(folder: str) -> list[str]:
    return [name for name, _, _ in os.walk(folder, followlinks=True)]
