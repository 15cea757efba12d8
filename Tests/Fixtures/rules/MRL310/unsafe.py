"""Bytes from outside that run code."""
import base64
import pickle
import shelve
from pickle import loads as load_pickle
from typing import Annotated

import cloudpickle
import dill
import joblib
import jsonpickle
import numpy as np
import torch
from fastapi import Body, FastAPI, File, Request, UploadFile

app = FastAPI()


@app.post("/carts")
async def cart(request: Request) -> dict[str, int]:
    return {"items": len(pickle.loads(await request.body()))}  # expect: MRL310


@app.post("/state")
def state(data: Annotated[str, Body(max_length=10_000)]) -> dict[str, int]:
    restored = load_pickle(base64.b64decode(data))  # expect: MRL310
    return {"keys": len(restored)}


@app.post("/models")
def model(upload: UploadFile) -> dict[str, str]:
    estimator = joblib.load(upload.file)  # expect: MRL310
    return {"type": type(estimator).__name__}


@app.post("/weights")
def weights(upload: UploadFile) -> dict[str, int]:
    return {"tensors": len(torch.load(upload.file, weights_only=False))}  # expect: MRL310


@app.post("/arrays")
def arrays(data: Annotated[bytes, File()]) -> dict[str, int]:
    values = np.load(data, allow_pickle=True)  # expect: MRL310
    return {"count": len(values)}


@app.post("/graph")
def graph(text: Annotated[str, Body()]) -> dict[str, str]:
    return {"type": type(jsonpickle.decode(text)).__name__}  # expect: MRL310


def from_queue(message: bytes):
    return dill.loads(message), cloudpickle.loads(message)  # expect: MRL310


def unpickle(stream):
    return pickle.Unpickler(stream).load()  # expect: MRL310


def open_store(path: str):
    return shelve.open(path)  # expect: MRL310
