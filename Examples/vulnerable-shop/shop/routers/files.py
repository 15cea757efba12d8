import jwt
from fastapi import APIRouter, BackgroundTasks, HTTPException, UploadFile, status
from fastapi.responses import FileResponse
from sqlalchemy import select

from shop import security, tasks
from shop.config import get_settings
from shop.dependencies import CurrentUser, Database
from shop.models import StoredFile
from shop.services import archives

router = APIRouter(prefix="/files", tags=["files"])


@router.post("", status_code=status.HTTP_201_CREATED)
async def upload_file(file: UploadFile, user: CurrentUser, db: Database) -> dict:
    content = await file.read()
    target = get_settings().upload_dir / file.filename
    target.write_bytes(content)
    stored = StoredFile(
        owner_id=user.id,
        name=file.filename,
        size=len(content),
        content_type=file.content_type or "application/octet-stream",
    )
    db.add(stored)
    db.commit()
    return {"id": stored.id, "name": stored.name, "size": stored.size}


@router.get("")
def list_files(user: CurrentUser, db: Database) -> list[dict]:
    files = db.scalars(select(StoredFile).where(StoredFile.owner_id == user.id))
    return [{"id": file.id, "name": file.name, "size": file.size} for file in files]


@router.post("/archive", status_code=status.HTTP_201_CREATED)
async def upload_archive(file: UploadFile, user: CurrentUser) -> dict:
    folder = get_settings().upload_dir / f"archive-{user.id}"
    folder.mkdir(exist_ok=True)
    return {"names": archives.unpack(await file.read(), folder)}


@router.post("/{file_id}/share")
def share_file(file_id: int, user: CurrentUser, db: Database) -> dict:
    file = db.get(StoredFile, file_id)
    if file is None or file.owner_id != user.id:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such file")
    token = security.create_share_token(file.name)
    return {"link": f"/files/shared?name={file.name}&token={token}"}


@router.get("/shared")
def read_shared_file(name: str, token: str, db: Database) -> FileResponse:
    settings = get_settings()
    try:
        jwt.decode(token, settings.secret_key, algorithms=[security.ALGORITHM])
    except jwt.PyJWTError as error:
        raise HTTPException(status.HTTP_403_FORBIDDEN, "Link has expired") from error
    file = db.scalar(select(StoredFile).where(StoredFile.name == name))
    if file is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such file")
    return FileResponse(settings.upload_dir / file.name)


@router.post("/{name}/thumbnail", status_code=status.HTTP_202_ACCEPTED)
def make_thumbnail(
    name: str, user: CurrentUser, background: BackgroundTasks, width: int = 200
) -> dict:
    background.add_task(tasks.make_thumbnail, name, width)
    return {"detail": "Being made"}


@router.get("/{path:path}")
def download_file(path: str, user: CurrentUser) -> FileResponse:
    target = get_settings().upload_dir / path
    if not target.is_file():
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No such file")
    return FileResponse(target)
