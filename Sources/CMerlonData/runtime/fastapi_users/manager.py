import typing

from fastapi_users import models


class BaseUserManager(typing.Generic[models.UP, models.ID]):
    def __init__(self, user_db, password_helper=None):
        self.user_db = user_db
        self.password_helper = password_helper


class UUIDIDMixin:
    pass


class IntegerIDMixin:
    pass
