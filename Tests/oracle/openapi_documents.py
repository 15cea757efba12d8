#!/usr/bin/env python3
"""Compare the OpenAPI documents that Merlon reads from code with those that the running FastAPI gives.

    openapi_documents.py dump ROOT FOLDER [FOLDER ...] --out FILE.json.gz
        Run inside an environment with FastAPI: imports every module below the folders that makes an application, each in
        a fork of its own, and keeps `app.openapi()` of every application in it.
    openapi_documents.py dump-app MODULE:NAME [--factory] --out FILE.json.gz
        The same for one application.
    openapi_documents.py compare FILE.json.gz --merlon merlon-dev PATH [--python DIR] [--fastapi-version V] [--show N]
        Prints, for each aspect, how many of FastAPI's entries Merlon has equal, and what differs.

Documents are compared as JSON: the order of members does not matter, nor that of tags of `required` and of parameters.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import importlib
import json
import os
import subprocess
import sys


def modules_below(root: str, folders: list[str]) -> list[str]:
    names = []
    for folder in folders:
        for path, _, files in sorted(os.walk(os.path.join(root, folder))):
            for file in sorted(files):
                if not file.endswith(".py"):
                    continue
                full = os.path.join(path, file)
                with open(full, encoding="utf-8") as handle:
                    if "FastAPI(" not in handle.read():
                        continue
                name = os.path.relpath(full, root)[:-3].replace(os.sep, ".")
                names.append(name.removesuffix(".__init__"))
    return names


def applications(module: str) -> dict:
    from fastapi import FastAPI

    loaded = importlib.import_module(module)
    documents = {}
    for name, value in vars(loaded).items():
        if isinstance(value, FastAPI):
            documents[f"{module}:{name}"] = json.loads(json.dumps(value.openapi()))
    return documents


def one_application(target: str, factory: bool) -> dict:
    module, _, name = target.partition(":")
    value = getattr(importlib.import_module(module), name)
    if factory:
        value, target = value(), target + "()"
    return {target: json.loads(json.dumps(value.openapi()))}


def in_fork(make) -> dict:
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        os.dup2(2, 1)
        try:
            answer = make()
        except BaseException as error:
            answer = {"error": f"{type(error).__name__}: {error}"[:400]}
        with os.fdopen(writer, "w") as handle:
            json.dump(answer, handle)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as handle:
        text = handle.read()
    os.waitpid(child, 0)
    return json.loads(text) if text else {"error": "the module ended the process"}


def dump(arguments) -> None:
    os.chdir(arguments.root)
    sys.path.insert(0, arguments.root)
    import fastapi.openapi.utils  # noqa: F401  imported before the forks

    documents, errors = {}, {}
    for module in modules_below(arguments.root, arguments.folders):
        found = in_fork(lambda: applications(module))
        if "error" in found:
            errors[module] = found["error"]
        else:
            documents.update(found)
    write(arguments.out, documents, errors)


def dump_app(arguments) -> None:
    found = in_fork(lambda: one_application(arguments.target, arguments.factory))
    if "error" in found:
        sys.exit(found["error"])
    write(arguments.out, found, {})


def write(path: str, documents: dict, errors: dict) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as handle:
        json.dump({"documents": documents, "errors": errors}, handle, sort_keys=True)
    print(f"{len(documents)} documents, {len(errors)} modules that can't be imported")
    for module, error in errors.items():
        print(f"  {module}: {error}")


def normal(value, key: str = ""):
    """JSON in a form in which equal documents are equal values."""
    if isinstance(value, dict):
        return {name: normal(member, name) for name, member in value.items()}
    if isinstance(value, list):
        items = [normal(item) for item in value]
        return sorted(items, key=str) if key == "required" else items
    return value


METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


class Tally:
    def __init__(self, show: int):
        self.show = show
        self.right = collections.Counter()
        self.all = collections.Counter()
        self.extra = collections.Counter()
        self.differences = collections.defaultdict(list)

    def check(self, aspect: str, place: str, expected, found) -> bool:
        self.all[aspect] += 1
        if normal(expected) == normal(found):
            self.right[aspect] += 1
            return True
        self.differences[aspect].append((place, expected, found))
        return False

    def report(self) -> None:
        print(f"{'aspect':<22}{'equal':>8}{'all':>8}{'':>9}{'only Merlon':>13}")
        for aspect in self.all:
            share = 100 * self.right[aspect] / self.all[aspect]
            print(f"{aspect:<22}{self.right[aspect]:>8}{self.all[aspect]:>8}{share:>8.2f}%{self.extra[aspect]:>13}")
        for aspect, items in self.differences.items():
            if aspect == "documents":
                continue
            for place, expected, found in items[: self.show]:
                print(f"\n{aspect} {place}")
                for line in explain(normal(expected), normal(found)):
                    print("   " + line)


def explain(expected, found, path: str = "", depth: int = 0) -> list[str]:
    if expected == found:
        return []
    if isinstance(expected, dict) and isinstance(found, dict) and depth < 12:
        lines = []
        for name in list(expected) + [name for name in found if name not in expected]:
            if name not in found:
                lines.append(f"{path}/{name}: missing, should be {short(expected[name])}")
            elif name not in expected:
                lines.append(f"{path}/{name}: should not be there, is {short(found[name])}")
            else:
                lines += explain(expected[name], found[name], f"{path}/{name}", depth + 1)
        return lines
    if isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        lines = []
        for index, (left, right) in enumerate(zip(expected, found)):
            lines += explain(left, right, f"{path}/{index}", depth + 1)
        return lines
    return [f"{path}: should be {short(expected)}, is {short(found)}"]


def short(value) -> str:
    text = json.dumps(value)
    return text if len(text) < 160 else text[:157] + "..."


def compare_documents(name: str, expected: dict, found: dict | None, tally: Tally) -> None:
    if found is None:
        tally.check("documents", name, "document", None)
        found = {}
    else:
        tally.check("documents", name, expected, found)
    for member in ("openapi", "info", "servers", "tags", "externalDocs"):
        if member in expected or member in found:
            tally.check("info", f"{name} {member}", expected.get(member), found.get(member))
    for part in ("paths", "webhooks"):
        left, right = expected.get(part, {}), found.get(part, {})
        for path, item in left.items():
            tally.check("paths", f"{name} {path}", sorted(item), sorted(right.get(path, {})))
            for method in METHODS:
                if method in item:
                    compare_operation(f"{name} {method.upper()} {path}", item[method],
                                      right.get(path, {}).get(method, {}), tally)
        tally.extra["paths"] += len([path for path in right if path not in left])
    left, right = expected.get("components", {}), found.get("components", {})
    for aspect, member in (("component schemas", "schemas"), ("security schemes", "securitySchemes")):
        for key, schema in left.get(member, {}).items():
            tally.check(aspect, f"{name} {key}", schema, right.get(member, {}).get(key))
        tally.extra[aspect] += len([key for key in right.get(member, {}) if key not in left.get(member, {})])


def compare_operation(place: str, expected: dict, found: dict, tally: Tally) -> None:
    tally.check("operations", place, True, bool(found))
    texts = [key for key in set(expected) | set(found)
             if key not in ("parameters", "requestBody", "responses", "security")]
    tally.check("texts and ids", place, {key: expected.get(key) for key in texts},
                {key: found.get(key) for key in texts})
    right = {(parameter["in"], parameter["name"]): parameter for parameter in found.get("parameters", [])}
    for parameter in expected.get("parameters", []):
        key = (parameter["in"], parameter["name"])
        tally.check("parameters", f"{place} {key[0]} {key[1]}", parameter, right.pop(key, None))
    tally.extra["parameters"] += len(right)
    if "requestBody" in expected or "requestBody" in found:
        tally.check("bodies", place, expected.get("requestBody"), found.get("requestBody"))
    for status, response in expected.get("responses", {}).items():
        tally.check("responses", f"{place} {status}", response, found.get("responses", {}).get(status))
    tally.extra["responses"] += len([key for key in found.get("responses", {}) if key not in expected["responses"]])
    if "security" in expected or "security" in found:
        tally.check("security", place, expected.get("security"), found.get("security"))


def compare(arguments) -> None:
    with gzip.open(arguments.truth, "rt", encoding="utf-8") as handle:
        truth = json.load(handle)["documents"]
    command = [arguments.merlon, "dump", "openapi", arguments.path]
    if arguments.python:
        command += ["--python", arguments.python]
    if arguments.fastapi_version:
        command += ["--fastapi-version", arguments.fastapi_version]
    found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    tally = Tally(arguments.show)
    for name, document in sorted(truth.items()):
        match = found.get(name)
        if match is None:
            # A folder below the root: its modules are named from there.
            ends = [key for key in found if name.endswith("." + key) or key.endswith("." + name)]
            match = found[ends[0]] if len(ends) == 1 else None
        compare_documents(name, document, match, tally)
    tally.report()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verb = verbs.add_parser("dump")
    verb.add_argument("root")
    verb.add_argument("folders", nargs="+")
    verb.add_argument("--out", required=True)
    verb.set_defaults(run=dump)
    verb = verbs.add_parser("dump-app")
    verb.add_argument("target")
    verb.add_argument("--factory", action="store_true")
    verb.add_argument("--out", required=True)
    verb.set_defaults(run=dump_app)
    verb = verbs.add_parser("compare")
    verb.add_argument("truth")
    verb.add_argument("path")
    verb.add_argument("--merlon", required=True)
    verb.add_argument("--python")
    verb.add_argument("--fastapi-version")
    verb.add_argument("--show", type=int, default=20)
    verb.set_defaults(run=compare)
    arguments = parser.parse_args()
    arguments.run(arguments)


if __name__ == "__main__":
    main()
