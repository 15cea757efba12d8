from fastapi import Request, Response, WebSocket


class RateLimiter:
    def __init__(
        self, times=1, milliseconds=0, seconds=0, minutes=0, hours=0, identifier=None, callback=None, **options
    ):
        self.times = times

    async def __call__(self, request: Request, response: Response):
        pass


class WebSocketRateLimiter(RateLimiter):
    async def __call__(self, ws: WebSocket, context_key=""):
        pass
