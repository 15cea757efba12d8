"""Validators of Pydantic 1."""


def validator(*fields, pre=False, each_item=False, always=False, check_fields=None, allow_reuse=False, whole=None):
    def decorator(func):
        func.merlon_validator = ("field", fields, "before" if pre else "after")
        return func

    return decorator


def root_validator(*arguments, pre=False, skip_on_failure=False, allow_reuse=False):
    def decorator(func):
        func.merlon_validator = ("model", (), "before" if pre else "after")
        return func

    return decorator(arguments[0]) if arguments else decorator
