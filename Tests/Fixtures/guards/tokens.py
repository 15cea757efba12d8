"""Dependencies that verify tokens and keys, each beside one that does not."""
import base64
import hmac
import os
import secrets
from typing import Annotated, Optional

import jwt
from fastapi import Cookie, Depends, FastAPI, Header, HTTPException, Query, Request, Security, status
from fastapi.security import APIKeyHeader, HTTPAuthorizationCredentials, HTTPBasic, HTTPBasicCredentials, HTTPBearer, OAuth2PasswordBearer
from sqlalchemy import select
from sqlalchemy.orm import Session

from database import SessionLocal, User, cache

app = FastAPI()
oauth2 = OAuth2PasswordBearer(tokenUrl="token")
oauth2_optional = OAuth2PasswordBearer(tokenUrl="token", auto_error=False)
bearer = HTTPBearer()
bearer_optional = HTTPBearer(auto_error=False)
basic = HTTPBasic()
key_header = APIKeyHeader(name="X-API-Key", auto_error=False)
SECRET = os.environ["SECRET"]
API_KEY = os.environ["API_KEY"]
API_KEYS = {"k1-7f3a9", "k2-99aa1"}


def get_db():
    db = SessionLocal()
    try:
        yield db
    finally:
        db.close()


# guard: authentication principal
def decodes_token(token: str = Depends(oauth2)):
    try:
        payload = jwt.decode(token, SECRET, algorithms=["HS256"])
    except jwt.PyJWTError:
        raise HTTPException(status_code=401, detail="invalid token")
    return payload


# guard: gap:credentialNotVerified
def decodes_without_signature(token: str = Depends(oauth2)):
    return jwt.decode(token, options={"verify_signature": False})


# guard: gap:exceptionSwallowed optional
def swallows_wrong_token(token: str = Depends(oauth2)):
    try:
        return jwt.decode(token, SECRET, algorithms=["HS256"])
    except jwt.PyJWTError:
        return None


# guard: gap:exceptionSwallowed
def swallows_with_anonymous(token: str = Depends(oauth2)):
    try:
        payload = jwt.decode(token, SECRET, algorithms=["HS256"])
    except Exception:
        payload = {"sub": "anonymous"}
    return payload


# guard: gap:credentialNotVerified
def only_reads(token: str = Depends(oauth2)):
    return {"token": token}


# guard: gap:credentialNotVerified
def only_asks_whether_given(token: Optional[str] = Depends(oauth2_optional)):
    if token is None:
        raise HTTPException(status_code=401)
    return token


# guard: authentication
def optional_scheme_checked(credentials: Optional[HTTPAuthorizationCredentials] = Depends(bearer_optional)):
    if credentials is None:
        raise HTTPException(401, "missing")
    return jwt.decode(credentials.credentials, SECRET, algorithms=["HS256"])


# guard: gap:missingCredentialAccepted
def optional_scheme_unchecked(credentials: Optional[HTTPAuthorizationCredentials] = Depends(bearer_optional)):
    if credentials:
        payload = jwt.decode(credentials.credentials, SECRET, algorithms=["HS256"])
        return payload
    return {"sub": "guest"}


# guard: authentication
def compares_key(x_api_key: str = Header()):
    if not secrets.compare_digest(x_api_key, API_KEY):
        raise HTTPException(status_code=403)


# guard: gap:resultIgnored
def compares_key_and_forgets(x_api_key: str = Header()):
    secrets.compare_digest(x_api_key, API_KEY)


# guard: authentication
def compares_plainly(api_key: str = Security(key_header)):
    if api_key != API_KEY:
        raise HTTPException(status_code=401)
    return api_key


# guard: authentication
def key_among_known(x_token: Annotated[str, Header()]):
    if x_token not in API_KEYS:
        raise HTTPException(status_code=status.HTTP_401_UNAUTHORIZED)


# guard: gap:resultIgnored
def key_unknown_is_logged_only(x_token: Annotated[str, Header()]):
    if x_token not in API_KEYS:
        print("unknown key")


# guard: authentication
def any_key_matches(x_token: Annotated[str, Header()]):
    if not any(hmac.compare_digest(x_token, key) for key in API_KEYS):
        raise HTTPException(401)


# guard: authentication
def loop_finds_key(x_token: str = Header()):
    for key in API_KEYS:
        if hmac.compare_digest(key, x_token):
            return key
    raise HTTPException(401)


# guard: authentication principal
def database_knows_token(token: str = Depends(oauth2), db: Session = Depends(get_db)):
    user = db.query(User).filter(User.token == token).first()
    if user is None:
        raise HTTPException(401)
    return user


# guard: gap:missingCredentialAccepted optional principal
def database_may_not_know(token: str = Depends(oauth2), db: Session = Depends(get_db)):
    user = db.query(User).filter(User.token == token).first()
    return user


# guard: authentication
def modern_query(token: str = Depends(oauth2), db: Session = Depends(get_db)):
    user = db.scalars(select(User).where(User.api_key == token)).first()
    if not user:
        raise HTTPException(401)
    return user


# guard: authentication
def session_cookie(session_id: Annotated[str | None, Cookie()] = None):
    if session_id is None:
        raise HTTPException(401)
    data = cache.get(f"session:{session_id}")
    if not data:
        raise HTTPException(401)
    return data


# guard: authentication
def signed_session(request: Request):
    user = request.session.get("user")
    if not user:
        raise HTTPException(status_code=401)
    return user


# guard: gap:missingCredentialAccepted optional
def signed_session_unchecked(request: Request):
    return request.session.get("user")


# guard: authentication
def header_by_hand(request: Request):
    header = request.headers.get("Authorization")
    if not header or not header.startswith("Bearer "):
        raise HTTPException(401)
    token = header.split(" ")[1]
    return jwt.decode(token, SECRET, algorithms=["HS256"])


# guard: gap:credentialNotVerified
def header_by_hand_unverified(request: Request):
    header = request.headers.get("Authorization")
    if not header or not header.startswith("Bearer "):
        raise HTTPException(401)
    return header.split(" ")[1]


# guard: nothing
def identity_from_plain_header(x_user_id: str = Header(), db: Session = Depends(get_db)):
    user = db.get(User, x_user_id)
    if user is None:
        raise HTTPException(404)
    return user


# guard: authentication
def basic_password(credentials: HTTPBasicCredentials = Depends(basic)):
    right_name = secrets.compare_digest(credentials.username.encode(), b"admin")
    right_password = secrets.compare_digest(credentials.password.encode(), SECRET.encode())
    if not (right_name and right_password):
        raise HTTPException(401)
    return credentials.username


# guard: gap:resultIgnored
def basic_either(credentials: HTTPBasicCredentials = Depends(basic)):
    right = secrets.compare_digest(credentials.password.encode(), SECRET.encode())
    return credentials.username


# guard: authentication
def current_active(user=Depends(decodes_token)):
    if user.get("disabled"):
        raise HTTPException(400)
    return user


# guard: gap:missingCredentialAccepted optional
def optional_user(token: Optional[str] = Depends(oauth2_optional)):
    if not token:
        return None
    return jwt.decode(token, SECRET, algorithms=["HS256"])


# guard: authentication
def requires_optional_user(user: Annotated[Optional[dict], Depends(optional_user)]):
    if user is None:
        raise HTTPException(status_code=401)
    return user


# guard: gap:missingCredentialAccepted
def uses_optional_user(user: Annotated[Optional[dict], Depends(optional_user)]):
    return user


def verify(token: str) -> bool:
    try:
        jwt.decode(token, SECRET, algorithms=["HS256"])
        return True
    except jwt.PyJWTError:
        return False


def ensure(token: str) -> None:
    if not verify(token):
        raise HTTPException(401)


# guard: authentication
def helper_two_deep(token: str = Depends(oauth2)):
    ensure(token)


# guard: gap:resultIgnored
def helper_result_unused(token: str = Depends(oauth2)):
    verify(token)
    return token


# guard: authentication
def flag_is_set(request: Request):
    allowed = False
    key = request.headers.get("x-api-key")
    if key == API_KEY:
        allowed = True
    if not allowed:
        raise HTTPException(403)


# guard: authentication
def one_of_two(request: Request, token: Optional[str] = Depends(oauth2_optional)):
    user = None
    if token:
        user = jwt.decode(token, SECRET, algorithms=["HS256"])
    elif request.headers.get("x-api-key") == API_KEY:
        user = {"sub": "service"}
    if user is None:
        raise HTTPException(401)
    return user


# guard: gap:resultIgnored
def answer_refuses_nothing(token: str = Depends(oauth2)):
    from fastapi.responses import JSONResponse

    if not verify(token):
        return JSONResponse({"detail": "unauthorized"}, status_code=401)
    return token


class JWTBearer(HTTPBearer):
    def __init__(self, auto_error: bool = True):
        super().__init__(auto_error=auto_error)

    async def __call__(self, request: Request):
        credentials = await super().__call__(request)
        if credentials:
            if not verify(credentials.credentials):
                raise HTTPException(403)
            return credentials.credentials
        raise HTTPException(403)


class ReadingBearer(HTTPBearer):
    async def __call__(self, request: Request):
        credentials = await super().__call__(request)
        return credentials.credentials


# guard: authentication
verifying_scheme = JWTBearer()
# guard: gap:credentialNotVerified
reading_scheme = ReadingBearer()
# guard: gap:credentialNotVerified
plain_scheme = HTTPBearer()


class AuthService:
    def __init__(self, db: Session = Depends(get_db)):
        self.db = db

    async def authenticate(self, token: str):
        row = self.db.execute(select(User).where(User.token == token)).scalar_one_or_none()
        return row


# guard: authentication principal
async def through_service(token: str = Depends(oauth2), service: AuthService = Depends()):
    user = await service.authenticate(token)
    if not user:
        raise HTTPException(status_code=status.HTTP_401_UNAUTHORIZED)
    return user


# guard: gap:notUnderstood
def unread_library(token: str = Depends(oauth2)):
    from somewhere import gatekeeper

    gatekeeper.verify(token)


# guard: authentication
def unread_library_that_refuses(token: str = Depends(oauth2)):
    from somewhere import gatekeeper

    try:
        return gatekeeper.verify(token)
    except gatekeeper.Invalid:
        raise HTTPException(401)


# guard: authentication
async def introspects(token: str = Depends(oauth2)):
    import httpx

    async with httpx.AsyncClient() as client:
        answer = await client.post("https://id.example.com/introspect", data={"token": token}, timeout=5)
    if answer.status_code != 200:
        raise HTTPException(401)
    return answer.json()


# guard: authentication
def webhook_signature(request: Request, x_signature: str = Header()):
    expected = hmac.new(SECRET.encode(), request.scope["body"], "sha256").hexdigest()
    if not hmac.compare_digest(expected, x_signature):
        raise HTTPException(401)


# guard: nothing
def reset_token_of_body(body: dict):
    return jwt.decode(body["token"], SECRET, algorithms=["HS256"])
