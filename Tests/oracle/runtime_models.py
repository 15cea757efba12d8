#!/usr/bin/env python3
"""Hold the runtime models against the real FastAPI: what an application registers must be the same.

    python runtime_models.py TRUTH SOURCES [--version 0.165.0] [--only TEXT] [-v]

TRUTH is an answer of the oracle script (`fastapi_truth.py`) for all modules of SOURCES, made with the real FastAPI.
Here the same modules are imported with `Sources/CMerlonData/runtime` first on the path, and
`merlon_runtime_routes.effective_routes` is compared with the truth: kinds, paths, methods, names, handlers, tags, status
codes, declared dependencies in order, route classes, limits, mounts, middleware, CORS.

The interpreter that runs this script needs what the modules import, FastAPI and Pydantic excepted. One forked process a
module; only for code that is trusted.
"""
import argparse
import enum
import functools
import gzip
import importlib
import inspect
import json
import os
import sys
import warnings
from pathlib import Path

RUNTIME = Path(__file__).resolve().parents[2] / "Sources" / "CMerlonData" / "runtime"
CORS_DEFAULTS = {
    "allow_origins": [], "allow_methods": ["GET"], "allow_headers": [], "allow_credentials": False,
    "allow_origin_regex": None,
}


def load(path):
    data = Path(path).read_bytes()
    return json.loads(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)


def innermost(call):
    while isinstance(call, functools.partial):
        call = call.func
    return inspect.unwrap(call)


def name_of(call):
    target = innermost(call)
    named = target if inspect.isroutine(target) or inspect.isclass(target) else type(target)
    return f"{named.__module__}.{named.__qualname__}"


def plain(value):
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    return value


def of_model(record):
    """A route of the models in the form that both sides are compared in."""
    entry = {"kind": record.kind, "path": record.path, "methods": record.methods, "mounted_at": record.mounted_at}
    if record.kind in ("http", "websocket", "starlette"):
        entry["endpoint"] = name_of(record.endpoint)
        entry["name"] = record.name
    if record.kind == "http":
        response_class = getattr(record.response_class, "value", record.response_class)
        entry["tags"] = plain(record.tags)
        entry["status_code"] = None if record.status_code is None else int(record.status_code)
        entry["include_in_schema"] = bool(record.include_in_schema)
        entry["deprecated"] = bool(record.deprecated)
        entry["operation_id"] = record.operation_id
        entry["route_class"] = record.route_class.__name__
        entry["max_body_size"] = record.max_body_size
        entry["response_class"] = getattr(response_class, "__name__", None)
    if record.kind in ("mount", "host"):
        entry["app"] = f"{type(record.app).__module__}.{type(record.app).__qualname__}"
    if record.kind in ("mount", "frontend"):
        entry["directory"] = None if record.directory is None else str(record.directory)
    if record.kind in ("http", "frontend") or (record.kind == "websocket" and hasattr(record.route, "dependencies")):
        entry["dependencies"] = [name_of(item.dependency) for item in record.dependencies]
        if len(record.levels) != len(record.dependencies):
            entry["levels"] = list(record.levels)
    return entry


def of_truth(route):
    entry = {key: route.get(key) for key in ("kind", "path", "methods", "mounted_at")}
    if route["kind"] in ("http", "websocket", "starlette"):
        entry["endpoint"] = f"{route['endpoint']['module']}.{route['endpoint']['qualname']}"
        entry["name"] = route["name"]
    if route["kind"] == "http":
        for key in ("tags", "status_code", "include_in_schema", "deprecated", "operation_id", "route_class",
                    "max_body_size", "response_class"):
            entry[key] = route[key]
    if route["kind"] in ("mount", "host"):
        entry["app"] = route["app"]
    if route["kind"] in ("mount", "frontend"):
        entry["directory"] = route["directory"]
    if "dependencies" in route:
        entry["dependencies"] = [
            f"{d['module']}.{d['qualname']}" for d in route["dependencies"] if d["depth"] == 1 and d["param"] is None
        ]
    return entry


def compare(truth, names):
    """Differences of one module, as text; the first element is the number of routes."""
    from merlon_runtime_routes import effective_routes

    module = importlib.import_module(truth["module"])
    differences, count = [], 0
    for app in truth["apps"]:
        value = module
        for part in app["name"].removesuffix("()").split("."):
            value = getattr(value, part)
        if app["name"].endswith("()"):
            value = value()
        mine = [of_model(record) for record in effective_routes(value)]
        theirs = [of_truth(route) for route in app["routes"]]
        count += len(theirs)
        for index in range(max(len(mine), len(theirs))):
            left = theirs[index] if index < len(theirs) else None
            right = mine[index] if index < len(mine) else None
            if left is None or right is None or left["path"] != right["path"]:
                differences.append(f"{app['name']} #{index}: expected {left}, got {right}")
                continue
            for key in {**left, **right}:
                if left.get(key) != right.get(key):
                    differences.append(
                        f"{app['name']} {left['path']} {key}: expected {left.get(key)!r}, got {right.get(key)!r}")
        if app["kind"] == "app":
            got = [f"{item.cls.__module__}.{getattr(item.cls, '__qualname__', item.cls)}"
                   for item in value.user_middleware]
            expected = [item["class"] for item in app["middleware"]]
            if got != expected:
                differences.append(f"{app['name']} middleware: expected {expected}, got {got}")
            cors = [item.kwargs for item in value.user_middleware if item.cls.__name__ == "CORSMiddleware"]
            for left, right in zip(app["cors"], cors):
                for key, default in CORS_DEFAULTS.items():
                    if plain(left[key]) != plain(right.get(key, default)):
                        differences.append(f"{app['name']} cors {key}: expected {left[key]!r}, got {right.get(key)!r}")
            for key in ("title", "root_path", "docs_url", "redoc_url", "openapi_url", "debug"):
                if app[key] != getattr(value, key):
                    differences.append(
                        f"{app['name']} {key}: expected {app[key]!r}, got {getattr(value, key)!r}")
    return [count, *differences]


def forked(truth, names):
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        try:
            answer = compare(truth, names)
        except BaseException as error:  # a module may call sys.exit()
            import traceback
            answer = [0, "".join(traceback.format_exception(error)[-3:])]
        with os.fdopen(writer, "w") as handle:
            json.dump(answer, handle)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as handle:
        text = handle.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else [0, "ended the process"]


def set_version(version):
    """Loads `merlon_runtime` with another version of FastAPI, as the interpreter does."""
    import types

    text = (RUNTIME / "merlon_runtime.py").read_text().replace("FASTAPI_VERSION = (0, 165, 0)", f"FASTAPI_VERSION = {version}")
    module = types.ModuleType("merlon_runtime")
    exec(text, vars(module))
    sys.modules["merlon_runtime"] = module


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("truth")
    parser.add_argument("sources")
    parser.add_argument("--version", default="0.165.0", help="release of FastAPI that the models stand for")
    parser.add_argument("--only", default="", help="modules whose name contains this text")
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    os.chdir(options.sources)
    sys.path[:] = [str(RUNTIME), options.sources, *(p for p in sys.path[1:] if p)]
    set_version(tuple(int(part) for part in options.version.split(".")))
    import fastapi
    import merlon_runtime_routes  # noqa: F401
    assert fastapi.__file__.startswith(str(RUNTIME)), fastapi.__file__

    routes = right = modules = wrong = 0
    for name, truth in load(options.truth)["modules"].items():
        if options.only not in name or "error" in truth:
            continue
        modules += 1
        total = sum(len(app["routes"]) for app in truth["apps"])
        answer = forked(truth, name)
        routes += total
        if answer[1:]:
            wrong += 1
            print(f"differs  {name}")
            for line in answer[1:] if options.verbose else answer[1:4]:
                print(f"         {line}")
        else:
            right += total
    print(f"{modules - wrong} of {modules} modules equal, {right} of {routes} routes in them")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
