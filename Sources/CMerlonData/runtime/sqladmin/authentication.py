def login_required(func):
    return func


class AuthenticationBackend:
    def __init__(self, secret_key):
        self.secret_key = secret_key

    async def login(self, request):
        raise NotImplementedError()

    async def logout(self, request):
        raise NotImplementedError()

    async def authenticate(self, request):
        raise NotImplementedError()
