"""The security log: one JSON object a line, without secrets."""

import json
import logging
from datetime import UTC, datetime

from starlette.requests import HTTPConnection

logger = logging.getLogger("shop.security")


def security_event(
    name: str, connection: HTTPConnection | None = None, **fields: str | int
) -> None:
    event: dict[str, str | int | None] = {
        "time": datetime.now(UTC).isoformat(),
        "event": name,
        **fields,
    }
    if connection is not None:
        event["client"] = connection.client.host if connection.client else None
        event["path"] = connection.scope["path"]
        event["method"] = connection.scope.get("method", connection.scope["type"])
    logger.warning(json.dumps(event))
