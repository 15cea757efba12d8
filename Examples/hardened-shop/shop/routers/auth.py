from datetime import timedelta
from typing import Annotated

import jwt
from fastapi import (
    APIRouter,
    BackgroundTasks,
    Depends,
    Form,
    HTTPException,
    Query,
    Request,
    Response,
    status,
)
from sqlalchemy import select

from shop import security, tasks
from shop.audit import security_event
from shop.config import get_settings
from shop.dependencies import (
    COOKIE_NAME,
    CurrentUser,
    Database,
    refuse_foreign_origin,
    unauthorized,
)
from shop.limits import Throttle
from shop.models import User, utcnow
from shop.schemas import (
    Detail,
    ForgotPassword,
    LoginForm,
    RefreshRequest,
    ResetPassword,
    SessionOut,
    Token,
    TokenPair,
    UserCreate,
    Verified,
)
from shop.services import sessions

router = APIRouter(prefix="/auth", tags=["auth"])

login_throttle = Throttle("login", times=get_settings().logins_per_minute)
account_throttle = Throttle("account", times=get_settings().logins_per_minute)
mail_throttle = Throttle("mail", times=get_settings().logins_per_minute)


@router.post(
    "/register",
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=[Depends(mail_throttle)],
)
def register(payload: UserCreate, db: Database, background: BackgroundTasks) -> Detail:
    """The answer is the same for an address that has an account already."""
    hashed = security.hash_password(payload.password)
    if db.scalar(select(User.id).where(User.email == payload.email)) is None:
        user = User(
            email=payload.email,
            full_name=payload.full_name,
            password_hash=hashed,
            is_active=False,
        )
        db.add(user)
        db.commit()
        token = security.create_email_token(user.email)
        link = f"{get_settings().public_url}/auth/verify?token={token}"
        background.add_task(tasks.send_mail, user.email, "Welcome", link)
    return Detail(detail="Check your mail")


@router.post("/token", dependencies=[Depends(refuse_foreign_origin), Depends(login_throttle)])
def login(
    form: Annotated[LoginForm, Form()], request: Request, db: Database, response: Response
) -> TokenPair:
    account_throttle.check(request, form.username)
    user = db.scalar(select(User).where(User.email == form.username))
    correct = security.verify_password(form.password, user.password_hash if user else None)
    if user is None or not correct or not user.is_active:
        security_event("login refused", request, account=form.username)
        raise unauthorized("Wrong address or password")
    pair = sessions.open_session(db, user)
    set_session_cookie(response, pair.access_token)
    security_event("login", request, user=user.id)
    return pair


def set_session_cookie(response: Response, token: str) -> None:
    response.set_cookie(
        COOKIE_NAME,
        token,
        max_age=get_settings().access_token_minutes * 60,
        path="/",
        secure=True,
        httponly=True,
        samesite="strict",
    )


@router.post("/refresh", dependencies=[Depends(login_throttle)])
def refresh(payload: RefreshRequest, request: Request, db: Database) -> TokenPair:
    pair = sessions.rotate(db, payload.refresh_token)
    if pair is None:
        security_event("refresh refused", request)
        raise unauthorized("Invalid token")
    return pair


@router.post(
    "/password/forgot",
    status_code=status.HTTP_202_ACCEPTED,
    dependencies=[Depends(mail_throttle)],
)
def forgot_password(payload: ForgotPassword, db: Database, background: BackgroundTasks) -> Detail:
    user = db.scalar(select(User).where(User.email == payload.email))
    if user is not None:
        code, user.reset_digest = security.make_reset_code()
        user.reset_expires = utcnow() + timedelta(minutes=security.RESET_TOKEN_MINUTES)
        db.commit()
        link = f"{get_settings().public_url}/pages/reset"
        background.add_task(tasks.send_mail, user.email, "Your reset code", f"{code}\n{link}")
    return Detail(detail="A code is on its way if there is such an account")


@router.post("/password/reset", dependencies=[Depends(login_throttle)])
def reset_password(payload: ResetPassword, request: Request, db: Database) -> Detail:
    account_throttle.check(request, payload.email)
    user = db.scalar(select(User).where(User.email == payload.email))
    if (
        user is None
        or user.reset_digest is None
        or user.reset_expires is None
        or user.reset_expires < utcnow()
        or not security.reset_code_matches(payload.code.get_secret_value(), user.reset_digest)
    ):
        security_event("password reset refused", request)
        raise HTTPException(status.HTTP_400_BAD_REQUEST, "Wrong or expired code")
    user.password_hash = security.hash_password(payload.new_password)
    user.reset_digest = None
    user.reset_expires = None
    sessions.end_sessions(db, user)
    security_event("password changed", request, user=user.id)
    return Detail(detail="Password changed")


@router.get("/verify")
def verify_email(token: Annotated[Token, Query()], db: Database) -> Verified:
    try:
        claims = security.decode_email_token(token)
    except jwt.PyJWTError as error:
        raise HTTPException(status.HTTP_400_BAD_REQUEST, "Link is not valid") from error
    user = db.scalar(select(User).where(User.email == claims["sub"]))
    if user is None:
        raise HTTPException(status.HTTP_400_BAD_REQUEST, "Link is not valid")
    if user.token_version == 0:
        user.is_active = True
        db.commit()
    return Verified(email=user.email, verified=user.is_active)


@router.get("/session")
def session(user: CurrentUser) -> SessionOut:
    return SessionOut.model_validate(user)


@router.post("/logout", status_code=status.HTTP_204_NO_CONTENT)
def logout(user: CurrentUser, db: Database, response: Response) -> None:
    sessions.end_sessions(db, user)
    response.delete_cookie(COOKIE_NAME, path="/", secure=True, httponly=True, samesite="strict")
