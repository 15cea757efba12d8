"""Data formats, own bytes, and safe options."""
import copy
import json
import pickle

import numpy as np
import torch
from fastapi import FastAPI, UploadFile
from pydantic import BaseModel

app = FastAPI()


class Cart(BaseModel):
    items: list[int]


@app.post("/carts")
def cart(cart: Cart) -> dict[str, int]:
    return {"items": len(cart.items)}


@app.post("/weights")
def weights(upload: UploadFile) -> dict[str, int]:
    return {"tensors": len(torch.load(upload.file, weights_only=True))}


@app.post("/arrays")
def arrays(upload: UploadFile) -> dict[str, int]:
    return {"count": len(np.load(upload.file))}


def clone(value):
    # Bytes that this process has just written.
    return pickle.loads(pickle.dumps(value))


def save(value) -> bytes:
    return pickle.dumps(value)


def parse(text: str):
    return json.loads(text), copy.deepcopy(text)


class pickles:
    @staticmethod
    def loads(jar: str) -> list[str]:
        return jar.split(",")


def cucumbers(jar: str) -> list[str]:
    return pickles.loads(jar)
