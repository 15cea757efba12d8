"""Routers that are found by listing folders, and routes that a file of data tells."""

import importlib
import json
import os
import pkgutil
from pathlib import Path

from fastapi import APIRouter, FastAPI

import discovery_parts

app = FastAPI()

for info in pkgutil.iter_modules(discovery_parts.__path__):
    if not info.ispkg and info.name.startswith("part_"):
        app.include_router(importlib.import_module(f"discovery_parts.{info.name}").router, prefix="/modules")

for _, name, is_package in pkgutil.walk_packages(discovery_parts.__path__, prefix="discovery_parts."):
    if not is_package:
        app.include_router(importlib.import_module(name).router, prefix="/walked")

for file in sorted((Path(__file__).parent / "discovery_parts").glob("part_*.py")):
    app.include_router(importlib.import_module("discovery_parts." + file.stem).router, prefix="/globbed")

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "discovery_parts")
for name in sorted(os.listdir(FOLDER)):
    if name.endswith(".py") and not name.startswith("_"):
        app.include_router(importlib.import_module("discovery_parts." + name[:-3]).router, prefix="/listed")


def routes_of(path: Path) -> list[dict]:
    with open(path) as file:
        return json.load(file)["routes"]


def handler(name: str):
    async def answer(item_id: str | None = None):
        return {"name": name}

    answer.__name__ = name
    return answer


def from_data() -> APIRouter:
    router = APIRouter(tags=["data"])
    for route in routes_of(Path(__file__).resolve().parent.joinpath("discovery_parts", "routes.json")):
        router.add_api_route(route["path"], handler(route["name"]), methods=[route["method"]])
    return router


app.include_router(from_data(), prefix="/data")
