from fastapi import APIRouter

from fastapi_utils.cbv import _cbv


class Resource:
    pass


class Api:
    def __init__(self, app):
        self.app = app

    def add_resource(self, resource, *urls, **options):
        router = APIRouter()
        _cbv(router, type(resource), *urls, instance=resource)
        self.app.include_router(router)


def take_init_parameters(cls):
    cls.__include_init_params__ = True
    return cls


def set_responses(response_model=None, status_code=200, responses=None, **options):
    def decorator(func):
        func.__return_types_func__ = lambda: (response_model, status_code, responses, options)
        return func

    return decorator
