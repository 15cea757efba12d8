import shutil
from pathlib import PurePosixPath
from typing import Annotated

import jwt
from fastapi import APIRouter, BackgroundTasks, HTTPException, Path, Query, UploadFile, status
from fastapi.responses import FileResponse
from sqlalchemy import func, select

from shop import security, tasks
from shop.config import get_settings
from shop.dependencies import CurrentUser, Database
from shop.models import StoredFile, User
from shop.schemas import ArchiveOut, Detail, FileOut, Id, ShareLink, Token
from shop.services import archives

router = APIRouter(prefix="/files", tags=["files"], max_body_size=6_000_000)

LARGEST_FILE = 5_000_000
MOST_FILES = 50
ALLOWED_SUFFIXES = {".txt", ".csv", ".pdf", ".png", ".jpg", ".tar"}

FileName = Annotated[str, Path(min_length=1, max_length=120)]


def no_such_file() -> HTTPException:
    return HTTPException(status.HTTP_404_NOT_FOUND, "No such file")


def own_file(db: Database, user: User, name: str) -> StoredFile:
    query = select(StoredFile).where(StoredFile.owner_id == user.id, StoredFile.name == name)
    file = db.scalars(query.order_by(StoredFile.id.desc()).limit(1)).first()
    if file is None:
        raise no_such_file()
    return file


def as_download(file: StoredFile) -> FileResponse:
    return FileResponse(
        get_settings().upload_dir / file.storage_name,
        filename=file.name,
        media_type="application/octet-stream",
        content_disposition_type="attachment",
    )


def read_upload(file: UploadFile) -> tuple[str, bytes]:
    name = PurePosixPath((file.filename or "").replace("\\", "/")).name
    if not 0 < len(name) <= 120 or PurePosixPath(name).suffix.lower() not in ALLOWED_SUFFIXES:
        raise HTTPException(status.HTTP_415_UNSUPPORTED_MEDIA_TYPE, "This kind is not accepted")
    content = file.file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise HTTPException(status.HTTP_413_CONTENT_TOO_LARGE, "File is too large")
    return name, content


@router.post("", response_model=FileOut, status_code=status.HTTP_201_CREATED)
def upload_file(file: UploadFile, user: CurrentUser, db: Database) -> StoredFile:
    name, content = read_upload(file)
    count = db.scalar(select(func.count(StoredFile.id)).where(StoredFile.owner_id == user.id))
    if count is not None and count >= MOST_FILES:
        raise HTTPException(status.HTTP_409_CONFLICT, "Too many files")
    stored = StoredFile(owner_id=user.id, name=name, size=len(content))
    db.add(stored)
    db.flush()
    (get_settings().upload_dir / stored.storage_name).write_bytes(content)
    db.commit()
    return stored


@router.get("", response_model=list[FileOut])
def list_files(user: CurrentUser, db: Database) -> list[StoredFile]:
    query = select(StoredFile).where(StoredFile.owner_id == user.id)
    return list(db.scalars(query.limit(MOST_FILES)))


@router.post("/archive", status_code=status.HTTP_201_CREATED)
def upload_archive(file: UploadFile, user: CurrentUser) -> ArchiveOut:
    _, content = read_upload(file)
    folder = get_settings().upload_dir / f"archive-{user.id}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(exist_ok=True, mode=0o700)
    try:
        return ArchiveOut(names=archives.unpack(content, folder))
    except archives.ArchiveError as error:
        raise HTTPException(status.HTTP_400_BAD_REQUEST, "Not an archive we take") from error


@router.post("/{file_id}/share")
def share_file(file_id: Id, user: CurrentUser, db: Database) -> ShareLink:
    file = db.scalar(
        select(StoredFile).where(StoredFile.id == file_id, StoredFile.owner_id == user.id)
    )
    if file is None:
        raise no_such_file()
    return ShareLink(link=f"/files/shared?token={security.create_share_token(file.id)}")


@router.get("/shared", response_class=FileResponse)
def read_shared_file(token: Annotated[Token, Query()], db: Database) -> FileResponse:
    """The token alone says which file is shared."""
    try:
        claims = security.decode_share_token(token)
        file = db.get(StoredFile, int(claims["sub"]))
    except (jwt.PyJWTError, ValueError) as error:
        raise HTTPException(status.HTTP_403_FORBIDDEN, "Link is not valid") from error
    if file is None:
        raise no_such_file()
    return as_download(file)


@router.post("/{name}/thumbnail", status_code=status.HTTP_202_ACCEPTED)
def make_thumbnail(
    name: FileName,
    user: CurrentUser,
    db: Database,
    background: BackgroundTasks,
) -> Detail:
    file = own_file(db, user, name)
    background.add_task(tasks.make_thumbnail, file.storage_name)
    return Detail(detail="Being made")


@router.get("/{path:path}", response_class=FileResponse)
def download_file(
    path: Annotated[str, Path(max_length=120)], user: CurrentUser, db: Database
) -> FileResponse:
    return as_download(own_file(db, user, path))
