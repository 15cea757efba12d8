"""Log lines that show a part of a key or only its name."""
import logging

logger = logging.getLogger(__name__)
RESET_PASSWORD = "/users/password"


def connect(host: str, api_key: str) -> None:
    if len(api_key) > 8:
        api_key = api_key[:4] + "*" * 12
    logger.debug("connecting to %s with %s", host, api_key)


def connect_openly(host: str, api_key: str) -> None:
    logger.debug("connecting to %s with %s", host, api_key)  # expect: MRL403


def remind(user: str) -> None:
    logger.info("%s must choose a new one at %s", user, RESET_PASSWORD)
