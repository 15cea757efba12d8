class ExceptionMiddleware:
    def __init__(self, app, handlers=None, debug=False):
        self.app = app
        self.debug = debug

    async def __call__(self, scope, receive, send):
        pass
