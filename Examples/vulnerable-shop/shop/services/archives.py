import io
import tarfile
import tempfile
from pathlib import Path


def unpack(archive: bytes, target: Path) -> list[str]:
    with tarfile.open(fileobj=io.BytesIO(archive)) as bundle:
        bundle.extractall(target)
        return bundle.getnames()


def spool(content: bytes) -> str:
    name = tempfile.mktemp(suffix=".csv")
    with open(name, "wb") as file:
        file.write(content)
    return name
