import logging
from typing import Annotated

import jwt
from fastapi import APIRouter, BackgroundTasks, Depends, HTTPException, Request, Response, status
from fastapi.security import OAuth2PasswordRequestForm
from sqlalchemy import select

from shop import security, tasks
from shop.dependencies import CurrentUser, Database
from shop.models import User
from shop.schemas import (
    ForgotPassword,
    RefreshRequest,
    ResetPassword,
    TokenPair,
    UserCreate,
    UserOut,
)

logger = logging.getLogger(__name__)
router = APIRouter(prefix="/auth", tags=["auth"])


@router.post("/register", status_code=status.HTTP_201_CREATED, response_model=UserOut)
def register(payload: UserCreate, db: Database, background: BackgroundTasks) -> User:
    if db.scalar(select(User.id).where(User.email == payload.email)) is not None:
        raise HTTPException(status.HTTP_409_CONFLICT, "Address is already registered")
    logger.info("new account %s, password %s", payload.email, payload.password)
    values = payload.model_dump(exclude={"password"})
    user = User(**values, hashed_password=security.hash_password(payload.password))
    db.add(user)
    db.commit()
    token = security.create_email_token(user.email)
    background.add_task(tasks.send_mail, user.email, "Welcome", f"/auth/verify?token={token}")
    return user


@router.post("/token", response_model=TokenPair)
def login(
    form: Annotated[OAuth2PasswordRequestForm, Depends()], db: Database, response: Response
) -> TokenPair:
    user = db.scalar(select(User).where(User.email == form.username))
    if user is None:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "No account with this address")
    if not security.verify_password(form.password, user.hashed_password):
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Wrong password")
    pair = TokenPair(
        access_token=security.create_access_token(user.id, user.role),
        refresh_token=security.create_refresh_token(user.id),
    )
    response.set_cookie("session", pair.access_token)
    return pair


@router.post("/refresh", response_model=TokenPair)
def refresh(payload: RefreshRequest, db: Database) -> TokenPair:
    try:
        claims = security.decode_refresh_token(payload.refresh_token)
    except jwt.PyJWTError as error:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Invalid token") from error
    user = db.get(User, int(claims["sub"]))
    if user is None:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "Unknown user")
    return TokenPair(
        access_token=security.create_access_token(user.id, user.role),
        refresh_token=payload.refresh_token,
    )


@router.post("/password/forgot", status_code=status.HTTP_202_ACCEPTED)
def forgot_password(
    payload: ForgotPassword, request: Request, db: Database, background: BackgroundTasks
) -> dict:
    user = db.scalar(select(User).where(User.email == payload.email))
    if user is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "No account with this address")
    user.reset_code = security.make_reset_code()
    db.commit()
    link = f"{request.base_url}pages/reset?email={user.email}"
    background.add_task(
        tasks.send_mail, user.email, "Your reset code", f"{user.reset_code}\n{link}"
    )
    return {"detail": "A code is on its way"}


@router.post("/password/reset")
def reset_password(payload: ResetPassword, db: Database) -> dict:
    user = db.scalar(select(User).where(User.email == payload.email))
    if user is None or user.reset_code is None:
        raise HTTPException(status.HTTP_400_BAD_REQUEST, "No reset was asked for")
    if user.reset_code == payload.code:
        user.hashed_password = security.hash_password(payload.new_password)
        user.reset_code = None
        db.commit()
        return {"detail": "Password changed"}
    raise HTTPException(status.HTTP_400_BAD_REQUEST, "Wrong code")


@router.get("/verify")
def verify_email(token: str, db: Database) -> dict:
    try:
        claims = security.decode_email_token(token)
    except jwt.PyJWTError as error:
        raise HTTPException(status.HTTP_400_BAD_REQUEST, f"Token refused: {error}") from error
    user = db.scalar(select(User).where(User.email == claims["email"]))
    if user is None:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "Unknown address")
    user.is_active = True
    db.commit()
    return {"email": user.email, "verified": True}


@router.get("/session")
def session(user: CurrentUser) -> dict:
    return {"id": user.id, "email": user.email, "role": user.role}


@router.post("/logout", status_code=status.HTTP_204_NO_CONTENT)
def logout(response: Response) -> None:
    response.delete_cookie("session")
