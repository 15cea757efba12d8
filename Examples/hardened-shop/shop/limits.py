"""A sliding window in memory; with several processes it belongs in a shared store."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable

from fastapi import HTTPException, Request, status
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from shop.audit import security_event


class SlidingWindow:
    def __init__(
        self,
        times: int,
        seconds: float,
        keys: int = 10_000,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.times = times
        self.seconds = seconds
        self.keys = keys
        self.clock = clock
        self._hits: OrderedDict[str, deque[float]] = OrderedDict()

    def allows(self, key: str) -> bool:
        now = self.clock()
        hits = self._hits.setdefault(key, deque())
        self._hits.move_to_end(key)
        while len(self._hits) > self.keys:
            self._hits.popitem(last=False)
        while hits and hits[0] <= now - self.seconds:
            hits.popleft()
        if len(hits) >= self.times:
            return False
        hits.append(now)
        return True


def client_of(connection: HTTPConnection) -> str:
    return connection.client.host if connection.client else "unknown"


class Throttle:
    """A dependency that refuses a client which calls an operation too often."""

    def __init__(self, name: str, times: int, seconds: float = 60) -> None:
        self.name = name
        self.window = SlidingWindow(times, seconds)

    def __call__(self, request: Request) -> None:
        self.check(request, client_of(request))

    def check(self, request: Request, key: str) -> None:
        if not self.window.allows(key):
            security_event("throttled", request, limit=self.name)
            raise HTTPException(
                status.HTTP_429_TOO_MANY_REQUESTS,
                "Too many requests",
                headers={"Retry-After": str(int(self.window.seconds))},
            )


class RateLimitMiddleware:
    """The limit of all requests of a client together."""

    def __init__(self, app: ASGIApp, per_minute: int) -> None:
        self.app = app
        self.window = SlidingWindow(per_minute, 60)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            connection = HTTPConnection(scope)
            if not self.window.allows(client_of(connection)):
                security_event("throttled", connection, limit="all")
                refusal = JSONResponse(
                    {"detail": "Too many requests"}, 429, headers={"Retry-After": "60"}
                )
                await refusal(scope, receive, send)
                return
        await self.app(scope, receive, send)
