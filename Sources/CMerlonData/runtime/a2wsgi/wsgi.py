class WSGIMiddleware:
    def __init__(self, app, workers=10, send_queue_size=10):
        self.app = app

    async def __call__(self, scope, receive, send):
        pass
