from pydantic.fields import Undefined

from fastapi import params


def Path(default=..., **options):
    return params.Path(default, **options)


def Query(default=Undefined, **options):
    return params.Query(default, **options)


def Header(default=Undefined, **options):
    return params.Header(default, **options)


def Cookie(default=Undefined, **options):
    return params.Cookie(default, **options)


def Body(default=Undefined, **options):
    return params.Body(default, **options)


def Form(default=Undefined, **options):
    return params.Form(default, **options)


def File(default=Undefined, **options):
    return params.File(default, **options)


def Depends(dependency=None, *, use_cache=True, scope=None, max_concurrency=None):
    return params.Depends(dependency, use_cache, scope, max_concurrency=max_concurrency)


def Security(dependency=None, *, scopes=None, use_cache=True):
    return params.Security(dependency, use_cache, scopes=scopes)
