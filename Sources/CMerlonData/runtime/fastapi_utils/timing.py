def add_timing_middleware(app, record=None, prefix="", exclude=None):
    @app.middleware("http")
    async def timing_middleware(request, call_next):
        return await call_next(request)
