class Middleware:
    def __init__(self, cls, *args, **kwargs):
        self.cls = cls
        self.args = args
        self.kwargs = kwargs
        # The name of `kwargs` before Starlette 0.35.
        self.options = kwargs

    def __iter__(self):
        return iter((self.cls, self.args, self.kwargs))
