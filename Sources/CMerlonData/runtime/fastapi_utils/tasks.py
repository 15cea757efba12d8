def repeat_every(*, seconds, **options):
    def decorator(func):
        return func

    return decorator
