"""Routes whose response model is a page take the parameters of that page as a dependency."""

import inspect
import typing
from typing import Any

from fastapi import Depends, Request, Response
from fastapi.datastructures import DefaultPlaceholder

from fastapi_pagination.bases import AbstractPage
from fastapi_pagination.cursor import CursorPage, CursorParams
from fastapi_pagination.default import Page, Params
from fastapi_pagination.limit_offset import LimitOffsetPage, LimitOffsetParams


def _parameters_of(model):
    kind = getattr(model, "__origin__", model)
    if not isinstance(kind, type) or not issubclass(kind, AbstractPage):
        return None
    declared = getattr(kind, "__params_type__", None)
    if declared is not None:
        return declared
    if issubclass(kind, LimitOffsetPage):
        return LimitOffsetParams
    if issubclass(kind, CursorPage):
        return CursorParams
    return Params


def _create_params_dependency(kind):
    async def _pagination_params(*args, **kwargs):
        yield kind(*args, **kwargs)

    # The fields of the class are parameters of the caller.
    parameters = []
    for name, hint in typing.get_type_hints(kind, include_extras=True).items():
        default = getattr(kind, name, inspect.Parameter.empty)
        parameters.append(inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=hint))
    _pagination_params.__signature__ = inspect.Signature(parameters)
    return _pagination_params


def pagination_ctx(parameters):
    dependency = _create_params_dependency(parameters)

    async def _page_ctx_dependency(req: Request, res: Response, _params: Any = Depends(dependency)):
        yield _params

    return _page_ctx_dependency


def _update(routes):
    for route in routes:
        kind = getattr(route, "merlon_kind", "other")
        if kind == "included":
            _update(route.original_router.routes)
        elif kind == "http":
            model = route.response_model
            if isinstance(model, DefaultPlaceholder):
                model = getattr(route.endpoint, "__annotations__", {}).get("return")
            parameters = _parameters_of(model)
            if parameters is not None and not getattr(route, "merlon_paginated", False):
                route.merlon_paginated = True
                route.dependencies.append(Depends(pagination_ctx(parameters)))


def add_pagination(parent):
    router = getattr(parent, "router", parent)
    _update(router.routes)
    return parent


def paginate(*args, **options):
    return None


def set_page(page):
    pass


def set_params(params):
    pass


def resolve_params(params=None):
    return params


def response():
    return None


def request():
    return None
