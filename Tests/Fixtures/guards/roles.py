"""Roles, scopes, permissions and owners."""
import os
from enum import Enum
from typing import Annotated

import jwt
from fastapi import Depends, FastAPI, HTTPException, Request, Security
from fastapi.security import OAuth2PasswordBearer, SecurityScopes

from database import Item, db

oauth2 = OAuth2PasswordBearer(tokenUrl="token")
SECRET = os.environ["SECRET"]


class Role(str, Enum):
    ADMIN = "admin"
    EDITOR = "editor"


def get_current_user(token: str = Depends(oauth2)):
    user = db.find_user(jwt.decode(token, SECRET, algorithms=["HS256"])["sub"])
    if user is None:
        raise HTTPException(401)
    return user


CurrentUser = Annotated[dict, Depends(get_current_user)]


# guard: authentication authorization(admin)
def admin_only(user=Depends(get_current_user)):
    if user.role != "admin":
        raise HTTPException(403)
    return user


# guard: authentication
def admin_is_noted(user=Depends(get_current_user)):
    if user.role != "admin":
        print("not an admin")
    return user


# guard: authentication authorization(superuser)
def superuser_only(user: CurrentUser):
    if not user.is_superuser:
        raise HTTPException(403)
    return user


# guard: authentication
def not_banned(user: CurrentUser):
    if user.role == "banned":
        raise HTTPException(403)
    return user


# guard: authentication authorization(admin|editor)
def one_of_roles(user: CurrentUser):
    if user["role"] not in ("admin", "editor"):
        raise HTTPException(403)
    return user


# guard: authentication authorization(admin)
def enumeration(user: CurrentUser):
    if user.role is not Role.ADMIN:
        raise HTTPException(403)


def require_role(role: str):
    def check(user: CurrentUser):
        if user.role != role:
            raise HTTPException(403)
        return user

    return check


def require_any(*roles: str):
    async def check(user=Depends(get_current_user)):
        if not any(role in user.roles for role in roles):
            raise HTTPException(403)
        return user

    return check


# guard: authentication authorization(manager)
require_manager = require_role("manager")


class RoleChecker:
    def __init__(self, allowed: list[str]):
        self.allowed = allowed

    def __call__(self, user=Depends(get_current_user)):
        if user.role not in self.allowed:
            raise HTTPException(403)
        return user


# guard: authentication authorization(admin|auditor)
auditors = RoleChecker(["admin", "auditor"])


class PermissiveChecker:
    def __init__(self, allowed: list[str]):
        self.allowed = allowed

    def __call__(self, user=Depends(get_current_user)):
        return user.role in self.allowed


# guard: authentication
permissive = PermissiveChecker(["admin"])


# guard: authentication authorization({scopes})
def reads_scopes(security_scopes: SecurityScopes, token: str = Depends(oauth2)):
    payload = jwt.decode(token, SECRET, algorithms=["HS256"])
    scopes = payload.get("scopes", [])
    for scope in security_scopes.scopes:
        if scope not in scopes:
            raise HTTPException(403)
    return payload


# guard: authentication
def ignores_scopes(security_scopes: SecurityScopes, token: str = Depends(oauth2)):
    return jwt.decode(token, SECRET, algorithms=["HS256"])


# guard: authentication authorization(items:read)
def scope_of_claims(token: str = Depends(oauth2)):
    claims = jwt.decode(token, SECRET, algorithms=["HS256"])
    if "items:read" not in claims.get("scope", "").split():
        raise HTTPException(403)
    return claims


def has_permission(user, name: str) -> bool:
    return db.permission_exists(user.id, name)


# guard: authentication authorization(items:write)
def permission_helper(user: CurrentUser):
    if not has_permission(user, "items:write"):
        raise HTTPException(403)


# guard: authentication
def permission_helper_forgotten(user: CurrentUser):
    has_permission(user, "items:write")


# guard: nothing
def role_of_header(request: Request):
    if request.headers.get("x-role") != "admin":
        raise HTTPException(403)


# guard: authentication ownership
def owned_item(item_id: int, user: CurrentUser):
    item = db.get(Item, item_id)
    if item.owner_id != user.id:
        raise HTTPException(404)
    return item


# guard: authentication ownership
def owned_item_or_admin(item_id: int, user: CurrentUser):
    item = db.get(Item, item_id)
    if item.owner_id != user.id and not user.is_admin:
        raise HTTPException(403)
    return item


# guard: authentication ownership
def owned_item_by_query(item_id: int, user: CurrentUser):
    item = db.query(Item).filter(Item.id == item_id, Item.owner_id == user.id).first()
    if item is None:
        raise HTTPException(404)
    return item


# guard: authentication
def any_item(item_id: int, user: CurrentUser):
    item = db.query(Item).filter(Item.id == item_id).first()
    if item is None:
        raise HTTPException(404)
    return item


# guard: handler authorization(admin)
def delete_everything(user: CurrentUser):
    if user.role != Role.ADMIN.value:
        raise HTTPException(403)
    return db.delete_all()


# guard: handler nothing
def read_everything(user: CurrentUser):
    return db.all(user.id)


# guard: authentication authorization(5)
def level(user: CurrentUser):
    if user.level < 5:
        raise HTTPException(403)
