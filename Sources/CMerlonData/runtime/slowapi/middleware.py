class SlowAPIMiddleware:
    def __init__(self, app, **options):
        self.app = app

    async def __call__(self, scope, receive, send):
        pass


class SlowAPIASGIMiddleware(SlowAPIMiddleware):
    pass
