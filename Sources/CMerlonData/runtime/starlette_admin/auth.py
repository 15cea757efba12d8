class AuthProvider:
    def __init__(self, login_path="/login", logout_path="/logout", **options):
        pass


class BaseAuthProvider(AuthProvider):
    pass


class AdminUser:
    def __init__(self, username="", photo_url=None):
        self.username = username
