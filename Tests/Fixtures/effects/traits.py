import logging
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, HTTPException, Request, WebSocket
from fastapi.responses import JSONResponse
from passlib.context import CryptContext
from pydantic import BaseModel, ConfigDict
from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

router = APIRouter()
logger = logging.getLogger(__name__)
pwd = CryptContext(schemes=["argon2"])


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]
    role: Mapped[str]
    password_hash: Mapped[str]
    reset_code: Mapped[str]


class Invite(Base):
    __tablename__ = "invites"
    id: Mapped[int] = mapped_column(primary_key=True)
    reset_token: Mapped[str]
    expires_at: Mapped[str]


class Note(Base):
    __tablename__ = "notes"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id"))


class UserIn(BaseModel):
    email: str
    password: str


class UserOpenIn(BaseModel):
    model_config = ConfigDict(extra="allow")
    email: str


class UserRoleIn(BaseModel):
    email: str
    role: str


class NoteIn(BaseModel):
    text: str


class NoteOwnerIn(BaseModel):
    text: str
    owner_id: int


class LoginForm(BaseModel):
    email: str
    password: str


def current_user(token: str):  # principal
    return token


def admin(user: User = Depends(current_user)):  # role
    if user.role != "admin":
        raise HTTPException(403)
    return user


# Whole models into rows.


@router.post("/users")
def spread_open(body: UserOpenIn, db: Session):  # endpoint; trait: massAssignment
    db.add(User(**body.model_dump()))


@router.post("/users")
def spread_dict(body: dict[str, Any], db: Session):  # endpoint; trait: massAssignment
    db.add(User(**body))


@router.post("/users")
def spread_role(body: UserRoleIn, db: Session):  # endpoint; trait: massAssignment
    db.add(User(**body.dict()))


@router.post("/users")
def spread_closed(body: UserIn, db: Session):  # endpoint; clean
    db.add(User(**body.model_dump()))


@router.post("/users")
def spread_without_role(body: UserRoleIn, db: Session):  # endpoint; clean
    db.add(User(**body.model_dump(exclude={"role"})))


@router.post("/users")
def spread_as_admin(body: UserRoleIn, db: Session, user: User = Depends(admin)):  # endpoint; clean
    db.add(User(**body.model_dump()))


@router.patch("/me")
def set_all(body: dict[str, Any], db: Session, user: User = Depends(current_user)):  # endpoint; trait: massAssignment
    row = db.get(User, user.id)
    for key, value in body.items():
        setattr(row, key, value)
    db.commit()


@router.patch("/me")
def set_allowed(body: dict[str, Any], db: Session, user: User = Depends(current_user)):  # endpoint; clean
    row = db.get(User, user.id)
    for key, value in body.items():
        if key in {"email"}:
            setattr(row, key, value)
    db.commit()


@router.patch("/me")
def set_from_closed_model(body: UserIn, db: Session, user: User = Depends(current_user)):  # endpoint; clean
    row = db.get(User, user.id)
    for key, value in body.model_dump(exclude_unset=True).items():
        setattr(row, key, value)


def save(db: Session, data: dict):
    db.add(User(**data))
    db.commit()


@router.post("/users")
def spread_in_helper(body: UserOpenIn, db: Session):  # endpoint; trait: massAssignment
    save(db, body.model_dump())


@router.post("/users")
def spread_mixed(body: UserOpenIn, db: Session):  # endpoint; trait: massAssignment
    data = {"email": "x", **body.model_dump()}
    db.add(User(**data))


# Roles, owners and tenants of the body.


@router.post("/notes")
def owner_from_body(body: NoteOwnerIn, db: Session, user: User = Depends(current_user)):  # endpoint; trait: privilegeFromInput
    db.add(Note(text=body.text, owner_id=body.owner_id))


@router.post("/notes")
def owner_is_caller(body: NoteIn, db: Session, user: User = Depends(current_user)):  # endpoint; clean
    db.add(Note(**body.model_dump(), owner_id=user.id))


@router.post("/notes")
def owner_compared(body: NoteOwnerIn, db: Session, user: User = Depends(current_user)):  # endpoint; clean
    if body.owner_id != user.id:
        raise HTTPException(403)
    db.add(Note(text=body.text, owner_id=body.owner_id))


@router.patch("/me/role")
def role_from_body(body: UserRoleIn, db: Session, user: User = Depends(current_user)):  # endpoint; trait: privilegeFromInput
    row = db.get(User, user.id)
    row.role = body.role


@router.patch("/users/{user_id}/role")
def role_by_admin(user_id: int, body: UserRoleIn, db: Session, user: User = Depends(admin)):  # endpoint; clean
    row = db.get(User, user_id)
    row.role = body.role


# Who the caller says it is.


@router.get("/notes")
def identity_from_query(user_id: int, db: Session):  # endpoint; trait: identityFromInput
    return [note.text for note in db.scalars(select(Note).where(Note.owner_id == user_id))]


@router.get("/reports")
def role_from_header(x_role: Annotated[str, Header()]):  # endpoint; trait: identityFromInput
    if x_role != "manager":
        raise HTTPException(403)
    return {"turnover": 1}


@router.get("/notes")
def identity_of_caller(db: Session, user: User = Depends(current_user)):  # endpoint; clean
    return [note.text for note in db.scalars(select(Note).where(Note.owner_id == user.id))]


# Answers.


@router.get("/users/{user_id}")
def row_returned(user_id: int, db: Session, user: User = Depends(admin)):  # endpoint; trait: entityReturned
    return db.get(User, user_id)


@router.get("/users")
def rows_returned(db: Session, user: User = Depends(admin)):  # endpoint; trait: entityReturned
    return db.scalars(select(User)).all()


@router.get("/users/{user_id}")
def row_filtered(user_id: int, db: Session, user: User = Depends(admin)):  # endpoint; response-model; clean
    return db.get(User, user_id)


@router.get("/users/{user_id}")
def row_mapped(user_id: int, db: Session, user: User = Depends(admin)):  # endpoint; clean
    row = db.get(User, user_id)
    return {"email": row.email}


@router.get("/users/{user_id}")
def model_bypassed(user_id: int, db: Session, user: User = Depends(admin)):  # endpoint; response-model; trait: responseModelBypassed
    row = db.get(User, user_id)
    return JSONResponse({"email": row.email, "password_hash": row.password_hash})


@router.get("/users/{user_id}")
def plain_json(user_id: int, db: Session, user: User = Depends(admin)):  # endpoint; response-model; clean
    return JSONResponse({"ok": True})


# Raw bodies.


@router.post("/raw")
async def raw(request: Request, user: User = Depends(current_user)):  # endpoint; trait: rawBody
    data = await request.json()
    return {"n": data["n"]}


@router.post("/raw")
async def raw_validated(request: Request, user: User = Depends(current_user)):  # endpoint; clean
    data = await request.json()
    return NoteIn.model_validate(data).text


# Checks.


def may_edit(user: User, note: Note) -> bool:
    return note.owner_id == user.id


def must_edit(user: User, note: Note) -> bool:
    if note.owner_id != user.id:
        raise HTTPException(403)
    return True


def can_access_note(user: User, note: Note) -> bool:
    return note.owner_id == user.id


@router.put("/notes/{note_id}")
def answer_ignored(note_id: int, db: Session, user: User = Depends(current_user)):  # endpoint; trait: guardResultIgnored; object: note_id Note none
    note = db.get(Note, note_id)
    can_access_note(user, note)
    db.delete(note)


@router.put("/notes/{note_id}")
def answer_used(note_id: int, db: Session, user: User = Depends(current_user)):  # endpoint; clean
    note = db.get(Note, note_id)
    if not can_access_note(user, note):
        raise HTTPException(403)
    db.delete(note)


@router.put("/notes/{note_id}")
def check_raises(note_id: int, db: Session, user: User = Depends(current_user)):  # endpoint; clean
    note = db.get(Note, note_id)
    must_edit(user, note)
    db.delete(note)


# WebSockets.


@router.websocket("/ws")
async def open_socket(websocket: WebSocket):  # endpoint; websocket; trait: acceptedBeforeCheck
    await websocket.accept()
    while True:
        await websocket.send_text(await websocket.receive_text())


@router.websocket("/ws")
async def checked_socket(websocket: WebSocket):  # endpoint; websocket; clean
    token = websocket.query_params.get("token")
    if token != "x":
        await websocket.close(code=1008)
        return
    await websocket.accept()
    await websocket.send_text("hello")


@router.websocket("/ws")
async def first_message(websocket: WebSocket):  # endpoint; websocket; clean
    await websocket.accept()
    token = await websocket.receive_text()
    if not token_is_good(token):
        await websocket.close(code=1008)
        return
    await websocket.send_text("hello")


def token_is_good(token):
    return token == "x"


# Sign-in and resets.


@router.post("/login")
def login_tells(form: LoginForm, db: Session):  # endpoint; trait: accountEnumeration; trait: refusalNotLogged
    user = db.scalars(select(User).where(User.email == form.email)).first()
    if user is None:
        raise HTTPException(404, "No such account")
    if not pwd.verify(form.password, user.password_hash):
        raise HTTPException(401, "Wrong password")
    return {"token": "t"}


@router.post("/login")
def login_same(form: LoginForm, db: Session):  # endpoint
    user = db.scalars(select(User).where(User.email == form.email)).first()
    if user is None or not pwd.verify(form.password, user.password_hash):
        logger.warning("refused")
        raise HTTPException(401, "Wrong login")
    return {"token": "t"}


@router.post("/forgot")
def forgot_password(form: LoginForm, db: Session):  # endpoint; trait: accountEnumeration; trait: tokenWithoutExpiry
    user = db.scalars(select(User).where(User.email == form.email)).first()
    if not user:
        raise HTTPException(404)
    user.reset_code = make_code()


def make_code():
    return "1"


@router.post("/invite")
def invite(form: LoginForm, db: Session, user: User = Depends(admin)):  # endpoint; clean
    row = db.get(Invite, 1)
    row.reset_token = make_code()
    row.expires_at = "tomorrow"


class Draft(BaseModel):
    id: int
    owner_id: int
    text: str


class NoteOpenIn(BaseModel):
    model_config = ConfigDict(extra="allow")
    text: str


@router.post("/drafts")
def spread_before(body: NoteOpenIn, db: Session, user: User = Depends(current_user)):  # endpoint; trait: massAssignment
    draft = Draft(**{"owner_id": user.id, **body.model_dump()})
    db.add(Note(**draft.model_dump()))


@router.post("/drafts")
def spread_behind(body: NoteOpenIn, db: Session, user: User = Depends(current_user)):  # endpoint; clean
    draft = Draft(**{**body.model_dump(), "owner_id": user.id})
    db.add(Note(**draft.model_dump()))


@router.get("/notes/{note_id}")
def either_way(note_id: int, db: Session, user: User = Depends(current_user)):  # endpoint; response-model; object: note_id Note queried
    if user.role == "admin":
        note = db.get(Note, note_id)
    else:
        note = db.scalars(select(Note).where(Note.id == note_id, Note.owner_id == user.id)).first()
    if not note:
        raise HTTPException(404)
    return note


@router.post("/roles")
def scopes_compared(scopes: list[str], db: Session, request: Request, user: User = Depends(current_user)):  # endpoint; clean
    missing = set(scopes) - set(user.scopes)
    if missing:
        raise HTTPException(403)
    db.get(User, 1).scopes = scopes
