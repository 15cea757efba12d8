"""Markers of parameters. Every argument that was given is an attribute of the object."""

import enum

from pydantic.fields import FieldInfo, Undefined


class ParamTypes(enum.Enum):
    query = "query"
    header = "header"
    path = "path"
    cookie = "cookie"


class Param(FieldInfo):
    include_in_schema = True
    example = None
    openapi_examples = None

    def __init__(self, default=Undefined, **options):
        super().__init__(default=default, **options)


class Path(Param):
    in_ = ParamTypes.path

    def __init__(self, default=..., **options):
        super().__init__(default=default, **options)


class Query(Param):
    in_ = ParamTypes.query


class Header(Param):
    in_ = ParamTypes.header
    convert_underscores = True


class Cookie(Param):
    in_ = ParamTypes.cookie


class Body(FieldInfo):
    include_in_schema = True
    example = None
    openapi_examples = None
    embed = None
    media_type = "application/json"

    def __init__(self, default=Undefined, **options):
        super().__init__(default=default, **options)


class Form(Body):
    media_type = "application/x-www-form-urlencoded"


class File(Form):
    media_type = "multipart/form-data"


class Depends:
    def __init__(self, dependency=None, use_cache=True, scope=None, *, max_concurrency=None):
        self.dependency = dependency
        self.use_cache = use_cache
        self.scope = scope
        self.max_concurrency = max_concurrency


class Security(Depends):
    def __init__(self, dependency=None, use_cache=True, scope=None, scopes=None, *, max_concurrency=None):
        super().__init__(dependency, use_cache, scope, max_concurrency=max_concurrency)
        self.scopes = scopes
