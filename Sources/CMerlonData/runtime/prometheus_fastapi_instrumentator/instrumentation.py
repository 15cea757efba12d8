from fastapi import FastAPI
from prometheus_fastapi_instrumentator.middleware import PrometheusInstrumentatorMiddleware
from starlette.requests import Request
from starlette.responses import Response


class PrometheusFastApiInstrumentator:
    def __init__(self, **options):
        self.options = options

    def instrument(self, app, **options):
        app.add_middleware(PrometheusInstrumentatorMiddleware, **options)
        return self

    def expose(self, app, should_gzip=False, endpoint="/metrics", include_in_schema=True, tags=None, **options):
        def metrics(request: Request) -> Response:
            """Endpoint that serves Prometheus metrics."""
            return Response()

        if isinstance(app, FastAPI):
            app.get(endpoint, include_in_schema=include_in_schema, tags=tags, **options)(metrics)
        else:
            app.add_route(path=endpoint, route=metrics, include_in_schema=include_in_schema)
        return self

    def add(self, *instrumentation_function):
        return self
