from sqladmin.application import Admin as Admin
from sqladmin.application import action as action
from sqladmin.application import expose as expose
from sqladmin.models import BaseView as BaseView
from sqladmin.models import ModelView as ModelView
