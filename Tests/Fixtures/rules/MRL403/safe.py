"""Log lines that speak about secrets without telling them."""
import hashlib
import logging

from pydantic import BaseModel, SecretStr

from shop.models import User
from shop.settings import settings

logger = logging.getLogger(__name__)


class Login(BaseModel):
    email: str
    password: SecretStr


def log_in(login: Login, user: User, api_key: str, max_tokens: int) -> None:
    logger.info("login of %s", login.email)
    logger.debug("form: %s", login.password)
    logger.info("password of user %s changed", user.id)
    logger.info("key of %d characters, ends with %s", len(api_key), api_key[-4:])
    logger.info("key %s", hashlib.sha256(api_key.encode()).hexdigest()[:8])
    logger.info("limit is %d tokens", max_tokens)
    logger.info("password given: %s", bool(login.password))
    logger.warning("wrong password for %s", user.email)
    logger.info("token url is %s", settings.token_url)
    logger.info("password is %s", "set" if settings.service_password else "missing")


def count(tokens: list[str]) -> None:
    print("tokens:", len(tokens))


def reset_link_sent(user: User, password_reset_url: str) -> None:
    logger.info("sent the reset mail to user %s", user.id)
