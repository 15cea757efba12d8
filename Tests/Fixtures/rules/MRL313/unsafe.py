"""Archives that unpack where they like."""
import shutil
import tarfile
import tempfile
import zipfile
from tarfile import open as open_tar
from typing import Annotated

from fastapi import FastAPI, Form, UploadFile

app = FastAPI()


@app.post("/themes")
def theme(upload: UploadFile) -> dict[str, str]:
    folder = tempfile.mkdtemp()
    with tarfile.open(fileobj=upload.file, mode="r:gz") as archive:
        archive.extractall(folder)  # expect: MRL313
    return {"folder": folder}


@app.post("/trusted")
def trusted(upload: UploadFile) -> None:
    archive = open_tar(fileobj=upload.file)
    archive.extractall(path=tempfile.mkdtemp(), filter="fully_trusted")  # expect: MRL313


@app.post("/members")
def members(upload: UploadFile) -> None:
    with tarfile.TarFile(fileobj=upload.file) as archive:
        for member in archive.getmembers():
            archive.extract(member, "/srv/themes")  # expect: MRL313


@app.post("/unpack")
def unpack(path: Annotated[str, Form(max_length=200)]) -> None:
    shutil.unpack_archive(path, "/srv/themes")  # expect: MRL313


@app.post("/photos")
def photos(upload: UploadFile) -> None:
    # Written by hand, so nothing takes `..` out of the names.
    with zipfile.ZipFile(upload.file) as archive:
        for name in archive.namelist():
            with open(f"/srv/photos/{name}", "wb") as target:  # expect: MRL313
                target.write(archive.read(name))
