from typing import Any, Optional

from pydantic import BaseModel
from starlette.responses import StreamingResponse


class EventSourceResponse(StreamingResponse):
    media_type = "text/event-stream"


class ServerSentEvent(BaseModel):
    data: Any = None
    raw_data: Optional[str] = None
    event: Optional[str] = None
    id: Optional[str] = None
    retry: Optional[int] = None
    comment: Optional[str] = None


def format_sse_event(*, data_str=None, event=None, id=None, retry=None, comment=None):
    return b""
