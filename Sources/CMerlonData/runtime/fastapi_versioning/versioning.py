from fastapi import FastAPI


def version(major, minor=0):
    def decorator(func):
        func._api_version = (major, minor)
        return func

    return decorator


def VersionedFastAPI(
    app,
    version_format="{major}.{minor}",
    prefix_format="/v{major}_{minor}",
    default_version=(1, 0),
    enable_latest=False,
    **options,
):
    """One mounted application a version: each has the routes of its version and, unless replaced, of those before."""
    parent = FastAPI(title=app.title, **options)
    versions = []
    for route in app.routes:
        number = getattr(route.endpoint, "_api_version", default_version)
        if number not in versions:
            versions.append(number)
    routes = {}
    for major, minor in sorted(versions):
        for route in app.routes:
            if getattr(route.endpoint, "_api_version", default_version) == (major, minor):
                for method in route.methods:
                    routes[route.path + "|" + method] = route
        prefix = prefix_format.format(major=major, minor=minor)
        label = version_format.format(major=major, minor=minor)
        parent.mount(prefix, _versioned(app, label, routes))

        @parent.get(prefix + "/openapi.json", name=label, tags=["Versions"])
        @parent.get(prefix + "/docs", name=label, tags=["Documentations"])
        def noop() -> None:
            pass

    if enable_latest:
        parent.mount("/latest", _versioned(app, "latest", routes))
    return parent


def _versioned(app, label, routes):
    versioned = FastAPI(title=app.title, description=app.description, version=label)
    for route in routes.values():
        versioned.router.routes.append(route)
    return versioned
