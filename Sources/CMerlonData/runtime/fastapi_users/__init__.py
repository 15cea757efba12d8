from fastapi_users import models as models
from fastapi_users import schemas as schemas
from fastapi_users.exceptions import InvalidID as InvalidID
from fastapi_users.exceptions import InvalidPasswordException as InvalidPasswordException
from fastapi_users.fastapi_users import FastAPIUsers as FastAPIUsers
from fastapi_users.manager import BaseUserManager as BaseUserManager
from fastapi_users.manager import IntegerIDMixin as IntegerIDMixin
from fastapi_users.manager import UUIDIDMixin as UUIDIDMixin

__version__ = "15.0.5"
