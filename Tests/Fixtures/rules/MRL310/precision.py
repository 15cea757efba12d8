"""Bytes that come in beside files and copies that the process made itself."""
import pickle
from pathlib import Path

import dill
from fastapi import FastAPI, Request

app = FastAPI()


@app.post("/restore")
async def restore(request: Request) -> dict[str, str]:
    pickle.loads(await request.body())  # expect: MRL310
    return {"status": "restored"}


def from_message(message) -> object:
    return dill.loads(message.body)  # expect: MRL310


def from_disk(path: Path) -> object:
    with path.open("rb") as file:
        return pickle.load(file)  # expect: MRL310


def ship(step):
    packed = None
    if step is not None:
        packed = dill.dumps(step)

    def run(batch):
        if packed:
            return dill.loads(packed)(batch)
        return batch

    return run


class Parcel:
    def __init__(self, content: bytes):
        self.content = content

    def open(self) -> object:
        return pickle.loads(self.content)  # expect: MRL310


class Shipment:
    settings: bytes

    @classmethod
    def pack(cls, settings: object) -> "Shipment":
        packed = dill.dumps(settings)
        return cls(settings=packed)

    def unpack(self) -> object:
        return dill.loads(self.settings)
