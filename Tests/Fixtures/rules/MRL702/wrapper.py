import os


def setting(name, default=None, kind=str):
    value = os.getenv(name)
    if value is None:
        return default
    return kind(value)


def plain(name):
    return os.environ.get(name)


class Config:
    def read(self, key, fallback=""):
        return os.environ.get(key, fallback)


SECRET_KEY = setting("SECRET_KEY", "my-service-signing-secret")  # expect: MRL702
JWT_SECRET = setting(name="JWT_SECRET", default="jwt-signing-default-secret")  # expect: MRL702
TOKEN_SECRET = setting("TOKEN_SECRET")
LANGUAGE = setting("LANGUAGE", "English")
OTHER_SECRET = plain("OTHER_SECRET")
