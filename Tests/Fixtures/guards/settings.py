"""Checks that settings switch on and off."""
import os
from typing import Optional

import jwt
from fastapi import Depends, Header, HTTPException, Request
from fastapi.security import OAuth2PasswordBearer
from pydantic_settings import BaseSettings

oauth2 = OAuth2PasswordBearer(tokenUrl="token", auto_error=False)
SECRET = os.environ["SECRET"]
OPTIONAL_KEY = os.getenv("OPTIONAL_KEY")
REQUIRED_KEY = os.environ["REQUIRED_KEY"]
AUTH_ENABLED = os.getenv("AUTH_ENABLED", "")
runtime_key = None


class Settings(BaseSettings):
    auth_enabled: bool = False
    auth_disabled: bool = False
    api_key: Optional[str] = None
    required_key: str


settings = Settings()


def configure(key: str):
    global runtime_key
    runtime_key = key


# guard: gap:switchedOffByDefault
def off_by_default(token: str = Depends(oauth2)):
    if not settings.auth_enabled:
        return None
    if token is None:
        raise HTTPException(401)
    return jwt.decode(token, SECRET, algorithms=["HS256"])


# guard: authentication
def on_by_default(token: str = Depends(oauth2)):
    if settings.auth_disabled:
        return None
    if token is None:
        raise HTTPException(401)
    return jwt.decode(token, SECRET, algorithms=["HS256"])


# guard: gap:switchedOffByDefault
def without_key_all_pass(x_api_key: Optional[str] = Header(None)):
    if settings.api_key is None:
        return
    if x_api_key != settings.api_key:
        raise HTTPException(401)


# guard: authentication
def without_key_none_passes(x_api_key: Optional[str] = Header(None)):
    if not settings.api_key:
        raise HTTPException(503)
    if x_api_key != settings.api_key:
        raise HTTPException(401)


# guard: gap:switchedOffByDefault
def key_of_environment(x_api_key: Optional[str] = Header(None)):
    if OPTIONAL_KEY and x_api_key != OPTIONAL_KEY:
        raise HTTPException(401)


# guard: gap:switchedOffByDefault gap:notUnderstood
def missing_key_equals_missing_setting(x_api_key: Optional[str] = Header(None)):
    if x_api_key != OPTIONAL_KEY:
        raise HTTPException(401)


# guard: authentication
def required_key(x_api_key: Optional[str] = Header(None)):
    if x_api_key != REQUIRED_KEY:
        raise HTTPException(401)


# guard: gap:switchedOffByDefault
def set_at_run_time(x_api_key: Optional[str] = Header(None)):
    if runtime_key is None:
        return "anonymous"
    if x_api_key != runtime_key:
        raise HTTPException(401)


def is_enabled() -> bool:
    return AUTH_ENABLED == "true"


# guard: gap:switchedOffByDefault
def asks_helper(x_api_key: Optional[str] = Header(None)):
    if not is_enabled():
        return
    if x_api_key != REQUIRED_KEY:
        raise HTTPException(401)


def make_guard(api_key: Optional[str] = None):
    configured = bool(api_key)

    async def guard(x_api_key: Optional[str] = Header(None)):
        if not configured:
            return
        if x_api_key != api_key:
            raise HTTPException(403)

    return guard


# guard: gap:switchedOffByDefault
factory_with_optional_key = make_guard(OPTIONAL_KEY)
# guard: authentication
factory_with_required_key = make_guard(REQUIRED_KEY)
