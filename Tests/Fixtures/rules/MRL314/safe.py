"""Temporary files that are made in one step, or that only we can write."""
import os
import tempfile
from pathlib import Path


def scratch(data: bytes) -> str:
    with tempfile.NamedTemporaryFile(delete=False) as file:
        file.write(data)
    return file.name


def descriptor() -> int:
    handle, path = tempfile.mkstemp(suffix=".csv")
    os.unlink(path)
    return handle


def folder(data: bytes) -> int:
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "data.bin"
        with open(path, "wb") as file:
            return file.write(data)


def exclusive(data: bytes) -> None:
    # Fails when the file is there.
    with open("/tmp/shop.lock", "xb") as file:
        file.write(data)


def read_socket_path() -> str:
    with open("/tmp/shop.path") as file:
        return file.read()


def own_folder(data: bytes) -> None:
    with open("/var/lib/shop/cache.bin", "wb") as file:
        file.write(data)
