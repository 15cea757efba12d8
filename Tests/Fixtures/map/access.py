"""Forty operations of the four kinds of access. What stands behind each decorator was written by hand: who may call it,
and by which security scheme the caller is known."""
import secrets
from typing import Annotated

import jwt
from fastapi import APIRouter, Depends, FastAPI, HTTPException, Security, status
from fastapi.security import (
    APIKeyHeader,
    HTTPAuthorizationCredentials,
    HTTPBasic,
    HTTPBasicCredentials,
    HTTPBearer,
    OAuth2PasswordBearer,
    SecurityScopes,
)
from sqlalchemy import select
from sqlalchemy.orm import Session

from database import Note, Order, User, get_session

oauth2 = OAuth2PasswordBearer(tokenUrl="token", scopes={"notes:read": "", "notes:write": ""})
bearer = HTTPBearer()
basic = HTTPBasic()
key_header = APIKeyHeader(name="X-Key")
SECRET = open("/run/secrets/jwt").read()
Database = Annotated[Session, Depends(get_session)]


def current_user(database: Database, token: str = Depends(oauth2)) -> User:
    try:
        claims = jwt.decode(token, SECRET, algorithms=["HS256"])
    except jwt.PyJWTError:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED)
    user = database.scalar(select(User).where(User.name == claims["sub"]))
    if user is None:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED)
    return user


Caller = Annotated[User, Depends(current_user)]


def admin(user: Caller) -> User:
    if not user.is_admin:
        raise HTTPException(status.HTTP_403_FORBIDDEN)
    return user


def require_role(role: str):
    def check(user: Caller) -> User:
        if user.role != role:
            raise HTTPException(status.HTTP_403_FORBIDDEN)
        return user

    return check


class RoleChecker:
    def __init__(self, allowed: list[str]):
        self.allowed = allowed

    def __call__(self, user: Caller) -> User:
        if user.role not in self.allowed:
            raise HTTPException(status.HTTP_403_FORBIDDEN)
        return user


def scoped(scopes: SecurityScopes, token: str = Depends(oauth2)) -> dict:
    try:
        claims = jwt.decode(token, SECRET, algorithms=["HS256"])
    except jwt.PyJWTError:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED)
    for scope in scopes.scopes:
        if scope not in claims["scopes"]:
            raise HTTPException(status.HTTP_403_FORBIDDEN)
    return claims


def machine(key: str = Security(key_header)) -> str:
    if not secrets.compare_digest(key.encode(), SECRET.encode()):
        raise HTTPException(status.HTTP_403_FORBIDDEN)
    return "machine"


def operator(credentials: HTTPBasicCredentials = Depends(basic)) -> str:
    if not secrets.compare_digest(credentials.password.encode(), SECRET.encode()):
        raise HTTPException(status.HTTP_401_UNAUTHORIZED)
    return credentials.username


def service(credentials: HTTPAuthorizationCredentials = Depends(bearer)) -> dict:
    try:
        return jwt.decode(credentials.credentials, SECRET, algorithms=["HS256"])
    except jwt.PyJWTError as error:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED) from error


app = FastAPI()
public = APIRouter()
signed_in = APIRouter(prefix="/me", dependencies=[Depends(current_user)])
staff = APIRouter(prefix="/staff")
notes = APIRouter(prefix="/notes")


@public.get("/")  # access: anonymous
def open_0():
    return {"ok": True}


@public.get("/health")  # access: anonymous
def open_1():
    return {"ok": True}


@public.get("/products")  # access: anonymous
def open_2():
    return {"ok": True}


@public.get("/products/{product_id}")  # access: anonymous
def open_3(product_id: int):
    return {"ok": True}


@public.post("/register")  # access: anonymous
def open_4():
    return {"ok": True}


@public.post("/token")  # access: anonymous
def open_5():
    return {"ok": True}


@public.post("/password/forgot")  # access: anonymous
def open_6():
    return {"ok": True}


@public.get("/pages/{name}")  # access: anonymous
def open_7(name: str):
    return {"ok": True}


@public.get("/search")  # access: anonymous
def open_8():
    return {"ok": True}


@public.head("/ping")  # access: anonymous
def open_9():
    return {"ok": True}


@signed_in.get("/")  # access: authenticated by OAuth2PasswordBearer
def signed_0():
    return {"ok": True}


@signed_in.get("/settings")  # access: authenticated by OAuth2PasswordBearer
def signed_1():
    return {"ok": True}


@signed_in.put("/settings")  # access: authenticated by OAuth2PasswordBearer
def signed_2(theme: str):
    return {"ok": True}


@signed_in.get("/devices")  # access: authenticated by OAuth2PasswordBearer
def signed_3(user: Caller):
    return {"ok": True}


@public.get("/whoami")  # access: authenticated by OAuth2PasswordBearer
def signed_4(user: Caller):
    return {"ok": True}


@public.get("/machine/jobs")  # access: authenticated by APIKeyHeader
def signed_5(caller: str = Depends(machine)):
    return {"ok": True}


@public.post("/machine/beat")  # access: authenticated by APIKeyHeader
def signed_6(caller: str = Depends(machine)):
    return {"ok": True}


@public.post("/operate")  # access: authenticated by HTTPBasic
def signed_7(caller: str = Depends(operator)):
    return {"ok": True}


@public.get("/service")  # access: authenticated by HTTPBearer
def signed_8(claims: dict = Depends(service)):
    return {"ok": True}


@public.post("/service")  # access: authenticated by HTTPBearer
def signed_9(claims: Annotated[dict, Depends(service)]):
    return {"ok": True}


@staff.get("/users")  # access: authorized by OAuth2PasswordBearer
def role_0(user: User = Depends(admin)):
    return {"ok": True}


@staff.post("/users/lock")  # access: authorized by OAuth2PasswordBearer
def role_1(user: Annotated[User, Depends(admin)]):
    return {"ok": True}


@staff.get("/audit")  # access: authorized by OAuth2PasswordBearer auditor
def role_2(user: User = Depends(require_role("auditor"))):
    return {"ok": True}


@staff.get("/audit/export")  # access: authorized by OAuth2PasswordBearer auditor
def role_3(user: User = Depends(require_role("auditor"))):
    return {"ok": True}


@staff.put("/flags")  # access: authorized by OAuth2PasswordBearer admin
def role_4(user: User = Depends(require_role("admin"))):
    return {"ok": True}


@staff.get("/reports")  # access: authorized by OAuth2PasswordBearer admin|manager
def role_5(user: User = Depends(RoleChecker(["manager", "admin"]))):
    return {"ok": True}


@staff.post("/reports")  # access: authorized by OAuth2PasswordBearer manager
def role_6(user: User = Depends(RoleChecker(["manager"]))):
    return {"ok": True}


@staff.get("/feed")  # access: authorized by OAuth2PasswordBearer notes:read
def role_7(claims: dict = Security(scoped, scopes=["notes:read"])):
    return {"ok": True}


@staff.post("/feed")  # access: authorized by OAuth2PasswordBearer notes:write
def role_8(claims: dict = Security(scoped, scopes=["notes:write"])):
    return {"ok": True}


@staff.get("/metrics")  # access: authorized by OAuth2PasswordBearer
def role_9(user: User = Depends(admin)):
    return {"ok": True}


@notes.get("/{note_id}")  # access: owner by OAuth2PasswordBearer
def own_0(note_id: int, user: Caller, database: Database):
    note = database.scalar(select(Note).where(Note.id == note_id, Note.owner_id == user.id))
    if note is None:
        raise HTTPException(404)
    return note.text


@notes.get("/{note_id}/title")  # access: owner by OAuth2PasswordBearer
def own_1(note_id: int, user: Caller, database: Database):
    note = database.scalar(select(Note).where(Note.id == note_id, Note.owner_id == user.id))
    if note is None:
        raise HTTPException(404)
    return note.title


@notes.put("/{note_id}")  # access: owner by OAuth2PasswordBearer
def own_2(note_id: int, user: Caller, database: Database):
    note = database.scalar(select(Note).where(Note.id == note_id, Note.owner_id == user.id))
    if note is None:
        raise HTTPException(404)
    note.text = ""
    database.commit()


@notes.delete("/{note_id}")  # access: owner by OAuth2PasswordBearer
def own_3(note_id: int, user: Caller, database: Database):
    note = database.scalar(select(Note).where(Note.id == note_id, Note.owner_id == user.id))
    if note is None:
        raise HTTPException(404)
    database.delete(note)


@notes.post("/{note_id}/pin")  # access: owner by OAuth2PasswordBearer
def own_4(note_id: int, user: Caller, database: Database):
    note = database.get(Note, note_id)
    if note is None or note.owner_id != user.id:
        raise HTTPException(404)
    note.pinned = True
    database.commit()


@notes.post("/{note_id}/share")  # access: owner by OAuth2PasswordBearer
def own_5(note_id: int, user: Caller, database: Database):
    note = database.get(Note, note_id)
    if note.owner_id != user.id:
        raise HTTPException(403)
    return note.link


@notes.get("/{note_id}/history")  # access: owner by OAuth2PasswordBearer
def own_6(note_id: int, user: Caller, database: Database):
    note = database.get(Note, note_id)
    if note.owner_id != user.id:
        raise HTTPException(403)
    return note.history


@notes.get("/{note_id}/order")  # access: owner by OAuth2PasswordBearer
def own_7(note_id: int, user: Caller, database: Database):
    order = database.scalar(select(Order).where(Order.id == note_id, Order.user_id == user.id))
    if order is None:
        raise HTTPException(404)
    return order.total


@notes.post("/{note_id}/copy")  # access: owner by OAuth2PasswordBearer
def own_8(note_id: int, user: Caller, database: Database):
    note = database.scalar(select(Note).where(Note.id == note_id, Note.owner_id == user.id))
    if not note:
        raise HTTPException(404)
    return note.text


@notes.post("/{note_id}/archive")  # access: owner by OAuth2PasswordBearer
def own_9(note_id: int, user: Caller, database: Database):
    note = database.query(Note).filter(Note.id == note_id, Note.owner_id == user.id).first()
    if note is None:
        raise HTTPException(404)
    note.archived = True
    database.commit()


for router in (public, signed_in, staff, notes):
    app.include_router(router)
