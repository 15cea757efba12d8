from starlette_admin.base import BaseAdmin as BaseAdmin
from starlette_admin.base import BaseModelView as BaseModelView
from starlette_admin.base import CustomView as CustomView
