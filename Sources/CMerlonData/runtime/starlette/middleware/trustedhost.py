class TrustedHostMiddleware:
    def __init__(self, app, allowed_hosts=None, www_redirect=True):
        self.app = app
        self.allowed_hosts = ["*"] if allowed_hosts is None else list(allowed_hosts)
        self.www_redirect = www_redirect

    async def __call__(self, scope, receive, send):
        pass
