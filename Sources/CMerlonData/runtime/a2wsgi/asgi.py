class ASGIMiddleware:
    def __init__(self, app, **options):
        self.app = app
