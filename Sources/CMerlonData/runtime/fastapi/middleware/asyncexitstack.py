class AsyncExitStackMiddleware:
    def __init__(self, app, context_name="fastapi_middleware_astack"):
        self.app = app

    async def __call__(self, scope, receive, send):
        pass
