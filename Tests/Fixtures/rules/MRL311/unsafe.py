"""YAML that builds any object."""
import yaml
from fastapi import FastAPI, Request, UploadFile
from yaml import Loader, UnsafeLoader, load as load_yaml, unsafe_load

app = FastAPI()
LOADER = yaml.FullLoader


@app.post("/pipelines")
async def pipeline(request: Request) -> dict[str, int]:
    document = yaml.load(await request.body(), Loader=yaml.Loader)  # expect: MRL311
    return {"steps": len(document["steps"])}


@app.post("/files")
def files(upload: UploadFile) -> dict[str, int]:
    return {"keys": len(load_yaml(upload.file, UnsafeLoader))}  # expect: MRL311


def with_function(text: str):
    return unsafe_load(text)  # expect: MRL311


def imported(text: str):
    return yaml.load(text, Loader=Loader)  # expect: MRL311


def without_loader(text: str):
    return yaml.load(text)  # expect: MRL311


def several(text: str):
    return list(yaml.load_all(text, Loader=yaml.UnsafeLoader))  # expect: MRL311


def full(text: str):
    return yaml.load(text, Loader=LOADER)  # expect-missing: MRL311 (`FullLoader`, which was bypassed before)
