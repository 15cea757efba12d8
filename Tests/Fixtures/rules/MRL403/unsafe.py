"""Secrets in logs."""
import logging
import logging as log
from logging import getLogger

import structlog
from fastapi import APIRouter, Request
from loguru import logger as loguru_logger
from pydantic import BaseModel, SecretStr

from shop.settings import settings

router = APIRouter()
logger = getLogger(__name__)
structured = structlog.get_logger()


class Login(BaseModel):
    email: str
    password: str
    api_key: SecretStr


@router.post("/login")
def log_in(login: Login) -> dict[str, str]:
    logger.info("login of %s with %s", login.email, login.password)  # expect: MRL403
    logging.debug(f"password is {login.password}")  # expect: MRL403
    log.warning("key {}".format(login.api_key.get_secret_value()))  # expect: MRL403
    print("trying", login.password)  # expect: MRL403
    return {"status": "checking"}


def start(secret_key: str, access_token: str) -> None:
    logger.debug("starting with key %s" % secret_key)  # expect: MRL403
    loguru_logger.info("token " + access_token)  # expect: MRL403
    structured.info("configured", api_key=settings.partner_api_key)  # expect: MRL403


def failed(request: Request, refresh_token: str) -> None:
    logger.error("refresh failed", extra={"token": refresh_token})  # expect: MRL403


def remember(message: str) -> None:
    logger.info(message)


def through_helper(password: str) -> None:
    remember(f"new password: {password}")  # expect-missing: MRL403 (needs flow into `remember`)
