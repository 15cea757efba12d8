class GZipMiddleware:
    def __init__(self, app, minimum_size=500, compresslevel=9):
        self.app = app

    async def __call__(self, scope, receive, send):
        pass
