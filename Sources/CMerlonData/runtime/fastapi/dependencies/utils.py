import inspect

from fastapi.dependencies.models import Dependant


def get_typed_signature(call):
    return inspect.signature(call)


def get_dependant(*, path="", call=None, name=None, own_oauth_scopes=None, use_cache=True, scope=None, **options):
    return Dependant(path=path, call=call, name=name, use_cache=use_cache)


def get_parameterless_sub_dependant(*, depends, path):
    return Dependant(path=path, call=depends.dependency, use_cache=depends.use_cache)


def get_flat_dependant(dependant, **options):
    return dependant


def get_body_field(**options):
    return None


async def solve_dependencies(**options):
    return None


async def request_body_to_args(*args, **options):
    return {}, []


def request_params_to_args(fields, received_params):
    return {}, []


def _read_file_bytes(*args, **options):
    return b""


multipart_not_installed_error = 'Form data requires "python-multipart" to be installed.'
multipart_incorrect_install_error = 'Form data requires "python-multipart" to be installed.'
