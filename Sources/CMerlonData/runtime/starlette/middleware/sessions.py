class SessionMiddleware:
    def __init__(
        self,
        app,
        secret_key,
        session_cookie="session",
        max_age=1209600,
        path="/",
        same_site="lax",
        https_only=False,
        domain=None,
    ):
        self.app = app
        self.session_cookie = session_cookie

    async def __call__(self, scope, receive, send):
        pass
