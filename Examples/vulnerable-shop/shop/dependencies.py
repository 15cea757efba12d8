import logging
from typing import Annotated

import jwt
from fastapi import Cookie, Depends, Header, HTTPException, Request, Security, status
from fastapi.security import (
    APIKeyQuery,
    HTTPAuthorizationCredentials,
    HTTPBasic,
    HTTPBasicCredentials,
    HTTPBearer,
    OAuth2AuthorizationCodeBearer,
    OAuth2PasswordBearer,
)
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.config import get_settings
from shop.database import get_db
from shop.legacy_tokens import decode_terminal_token
from shop.models import User
from shop.security import decode_access_token, read_visitor

logger = logging.getLogger(__name__)

oauth2_scheme = OAuth2PasswordBearer(tokenUrl="/auth/token", auto_error=False)
sso_scheme = OAuth2AuthorizationCodeBearer(
    authorizationUrl="https://id.larkspur.example/authorize",
    tokenUrl="https://id.larkspur.example/token",
)
optional_bearer = HTTPBearer(auto_error=False)
basic_scheme = HTTPBasic()
refund_key = APIKeyQuery(name="api_key")

Database = Annotated[Session, Depends(get_db)]


def get_current_user(
    db: Database,
    bearer: Annotated[str | None, Depends(oauth2_scheme)],
    session: Annotated[str | None, Cookie()] = None,
) -> User:
    token = bearer or session
    if not token:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Not authenticated")
    try:
        claims = decode_access_token(token)
    except jwt.PyJWTError as error:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Invalid token") from error
    user = db.get(User, int(claims["sub"]))
    if user is None or not user.is_active:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Unknown user")
    return user


CurrentUser = Annotated[User, Depends(get_current_user)]


LEVELS = {"customer": 0, "staff": 1, "admin": 2}


def require_role(role: str = "staff"):
    def check(user: CurrentUser) -> User:
        if LEVELS.get(user.role, 0) < LEVELS[role]:
            raise HTTPException(status.HTTP_403_FORBIDDEN, "Not allowed")
        return user

    return check


Staff = Annotated[User, Depends(require_role("staff"))]
Admin = Annotated[User, Depends(require_role("admin"))]
AuditReader = Annotated[User, Security(get_current_user, scopes=["audit:read"])]


def optional_token(
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(optional_bearer)],
) -> str | None:
    return credentials.credentials if credentials else None


def visitor_id(authorization: Annotated[str, Header()]) -> int:
    try:
        return int(read_visitor(authorization.removeprefix("Bearer "))["sub"])
    except (IndexError, KeyError, ValueError) as error:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Invalid token") from error


def till_user(request: Request, db: Database) -> User:
    """The member of staff at the till; stores with a bad line work as the shared till account."""
    till = db.scalars(select(User).where(User.email == "till@larkspur.example")).one()
    try:
        claims = decode_terminal_token(request.headers["x-terminal-token"])
        return db.get(User, int(claims["sub"])) or till
    except Exception:
        logger.warning("terminal token not usable, continuing as till account")
        return till


def verify_refund_key(api_key: Annotated[str, Security(refund_key)]) -> None:
    if api_key != get_settings().refund_api_key:
        raise HTTPException(status.HTTP_403_FORBIDDEN, "Bad API key")


def verify_ops(credentials: Annotated[HTTPBasicCredentials, Depends(basic_scheme)]) -> str:
    if credentials.username == "admin" and credentials.password == "admin":
        return credentials.username
    raise HTTPException(
        status.HTTP_401_UNAUTHORIZED,
        "Wrong user or password",
        headers={"WWW-Authenticate": "Basic"},
    )


def partner_role(x_partner_role: Annotated[str, Header()] = "reader") -> str:
    return x_partner_role
