import secrets
from typing import Annotated

import jwt
from fastapi import (
    Cookie,
    Depends,
    Header,
    HTTPException,
    Request,
    Security,
    WebSocket,
    WebSocketException,
    status,
)
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBearer, SecurityScopes
from sqlalchemy.orm import Session

from shop import security
from shop.audit import security_event
from shop.config import get_settings
from shop.database import SessionLocal, get_db
from shop.hardening import origin_is_allowed
from shop.models import Partner, User
from shop.schemas import Role, Token

SAFE_METHODS = {"GET", "HEAD"}
COOKIE_NAME = "__Host-session"
SCOPES = {
    Role.CUSTOMER: frozenset[str](),
    Role.STAFF: frozenset({"orders:read"}),
    Role.ADMIN: frozenset({"orders:read", "audit:read"}),
}

bearer_scheme = HTTPBearer(auto_error=False, description=f"From {security.TOKEN_URL}")
partner_scheme = HTTPBearer(scheme_name="partner")
internal_scheme = HTTPBearer(scheme_name="internal")
refund_key = APIKeyHeader(name="X-Refund-Key")
backoffice_key = APIKeyHeader(name="X-Backoffice-Key")

Database = Annotated[Session, Depends(get_db)]
Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer_scheme)]


def unauthorized(detail: str = "Not authenticated") -> HTTPException:
    return HTTPException(
        status.HTTP_401_UNAUTHORIZED, detail, headers={"WWW-Authenticate": "Bearer"}
    )


def find_user(token: str, db: Session) -> User | None:
    """The user of an access token that is valid and has not been revoked."""
    try:
        claims = security.decode_access_token(token)
        user = db.get(User, int(claims["sub"]))
    except (jwt.PyJWTError, ValueError):
        return None
    if user is None or not user.is_active or claims.get("version") != user.token_version:
        return None
    return user


def get_current_user(
    request: Request,
    db: Database,
    bearer: Bearer,
    session: Annotated[str | None, Cookie(alias=COOKIE_NAME, max_length=2048)] = None,
) -> User:
    if bearer is not None:
        token = bearer.credentials
    elif session is not None and request.method in SAFE_METHODS:
        token = session
    else:
        raise unauthorized()
    user = find_user(token, db)
    if user is None:
        security_event("token refused", request)
        raise unauthorized("Invalid token")
    return user


CurrentUser = Annotated[User, Depends(get_current_user)]


def refuse_foreign_origin(request: Request) -> None:
    """For forms that need no login: other sites may not send them in a visitor's name."""
    if "origin" in request.headers and not origin_is_allowed(request.headers, get_settings()):
        security_event("origin refused", request)
        raise HTTPException(status.HTTP_403_FORBIDDEN, "Not allowed")


class RequireRole:
    def __init__(self, *roles: Role) -> None:
        self.roles = frozenset(roles)

    def __call__(self, user: CurrentUser) -> User:
        if user.role not in self.roles:
            raise HTTPException(status.HTTP_403_FORBIDDEN, "Not allowed")
        return user


Staff = Annotated[User, Depends(RequireRole(Role.STAFF, Role.ADMIN))]
Admin = Annotated[User, Depends(RequireRole(Role.ADMIN))]


def get_scoped_user(required: SecurityScopes, user: CurrentUser) -> User:
    if not SCOPES[Role(user.role)].issuperset(required.scopes):
        raise HTTPException(status.HTTP_403_FORBIDDEN, "Not allowed")
    return user


AuditReader = Annotated[User, Security(get_scoped_user, scopes=["audit:read"])]


def terminal_user(db: Database, x_terminal_token: Annotated[Token, Header()]) -> User:
    try:
        claims = security.decode_terminal_token(x_terminal_token)
        user = db.get(User, int(claims["sub"]))
    except (jwt.PyJWTError, ValueError) as error:
        raise unauthorized("Invalid terminal token") from error
    if user is None or not user.is_active or user.role == Role.CUSTOMER:
        raise unauthorized("Invalid terminal token")
    return user


def verify_refund_key(key: Annotated[str, Security(refund_key)]) -> None:
    expected = get_settings().refund_key.get_secret_value()
    if not secrets.compare_digest(key.encode(), expected.encode()):
        raise HTTPException(status.HTTP_403_FORBIDDEN, "Not allowed")


def verify_backoffice_key(key: Annotated[str, Security(backoffice_key)]) -> None:
    expected = get_settings().backoffice_key.get_secret_value()
    if not secrets.compare_digest(key.encode(), expected.encode()):
        raise HTTPException(status.HTTP_403_FORBIDDEN, "Not allowed")


def verify_internal_token(
    credentials: Annotated[HTTPAuthorizationCredentials, Depends(internal_scheme)],
) -> None:
    expected = get_settings().internal_token.get_secret_value()
    if not secrets.compare_digest(credentials.credentials.encode(), expected.encode()):
        raise unauthorized("Invalid token")


def get_partner(
    db: Database, credentials: Annotated[HTTPAuthorizationCredentials, Depends(partner_scheme)]
) -> Partner:
    try:
        claims = security.decode_partner_token(credentials.credentials)
        partner = db.get(Partner, int(claims["sub"]))
    except (jwt.PyJWTError, ValueError) as error:
        raise unauthorized("Invalid token") from error
    if partner is None:
        raise unauthorized("Invalid token")
    return partner


CurrentPartner = Annotated[Partner, Depends(get_partner)]


def require_manager(partner: CurrentPartner) -> Partner:
    if partner.role != "manager":
        raise HTTPException(status.HTTP_403_FORBIDDEN, "Not allowed")
    return partner


def verify_service_token(x_service_token: Annotated[Token, Header()]) -> None:
    try:
        security.decode_service_token(x_service_token)
    except jwt.PyJWTError as error:
        raise unauthorized("Invalid token") from error


def websocket_user(websocket: WebSocket) -> User:
    """Browsers are known by the cookie and their origin, other clients by a bearer token."""
    scheme, _, token = websocket.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        token = websocket.cookies.get(COOKIE_NAME, "")
    if "origin" in websocket.headers or scheme.lower() != "bearer":
        if not origin_is_allowed(websocket.headers, get_settings()):
            security_event("origin refused", websocket)
            raise WebSocketException(status.WS_1008_POLICY_VIOLATION)
    with SessionLocal() as db:
        user = find_user(token, db)
    if user is None:
        security_event("token refused", websocket)
        raise WebSocketException(status.WS_1008_POLICY_VIOLATION)
    return user
