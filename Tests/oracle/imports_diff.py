"""Compares where Merlon says that names of installed packages are defined with what the running CPython says.

    PYTHON Tests/oracle/imports_diff.py --merlon-dev PATH [--names N] [--show N] PACKAGE...

PYTHON is the interpreter whose packages are compared. Imports the modules of the packages, takes the functions and
classes that they hold (re-exports included), and compares for each the file and the line (`inspect`) and for classes
the order of their bases (`__mro__`). Left out: what is not written in Python, and what code makes at run time (its
source is not at the place that the name leads to); what `typing` defines, which Merlon takes as part of the language; in
orders `typing.Generic`, which `typing` adds by itself, and
typed dictionaries, which do not inherit. Exit status 1 when anything differs.
"""

import argparse
import ast
import builtins
import fnmatch
import functools
import importlib
import inspect
import io
import json
import os
import pkgutil
import random
import re
import subprocess
import symtable
import sys
import types
import typing
import warnings
from contextlib import redirect_stderr, redirect_stdout


def module_names(package):
    try:
        module = importlib.import_module(package)
    except BaseException:
        return
    yield package
    for info in pkgutil.walk_packages(getattr(module, "__path__", []), package + ".", onerror=lambda name: None):
        parts = info.name.split(".")
        if any(part in ("__main__", "tests", "test", "testing", "conftest") for part in parts):
            continue
        yield info.name


# Names that code makes or changes at run time, by pattern of `module:attribute`, with what happens there.
RUN_TIME = {
    "passlib.handlers.*bcrypt*": "the class gets another base when a backend is first used",
    "passlib.*:SafeConfigParser": "passlib.utils.compat hands it on lazily",
    "passlib.*:OrderedDict": "passlib.utils.compat hands it on lazily",
    "passlib.utils.pbkdf2:norm_hash_name": "wrapped by a decorator of another module",
    "passlib.utils.des:*": "wrapped by a decorator of another module",
    "passlib.utils.md4:md4": "looked up by name when imported",
    "celery.bin.base:*": "pygments looks its classes up by name",
    "requests.adapters:SOCKSProxyManager": "depends on a package that is not there",
    "*:HTTPStatus": "a decorator makes the enumeration",
    "*:HTTPMethod": "a decorator makes the enumeration",
}


@functools.cache
def bound_names(path):
    """The names that a module's own source binds; None when a star import may bring any."""
    with open(path, "rb") as file:
        tree = ast.parse(file.read())
    if any(isinstance(n, ast.ImportFrom) and n.names[0].name == "*" for n in ast.walk(tree)):
        return None
    with open(path, "rb") as file:
        table = symtable.symtable(file.read(), path, "exec")
    return {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported()}


def members(name):
    try:
        module = importlib.import_module(name)
    except BaseException:
        return
    if not getattr(module, "__file__", "") or not module.__file__.endswith(".py"):
        return
    bound = bound_names(module.__file__)
    for attribute, value in sorted(vars(module).items()):
        if bound is not None and attribute not in bound:
            continue
        if attribute.startswith("__") or not attribute.isidentifier():
            continue
        if issubclass(type(value), (type, types.FunctionType)):
            wrapped = inspect.unwrap(value) if isinstance(value, types.FunctionType) else value
            if wrapped is value or getattr(wrapped, "__name__", "") == attribute:
                yield attribute, value


@functools.cache
def place(value):
    """File and possible lines of a definition; None when it has none of its own."""
    if value.__module__ in ("typing", "typing_extensions"):
        return None
    if isinstance(value, types.FunctionType):
        value = inspect.unwrap(value)
        if not isinstance(value, types.FunctionType) or value.__code__.co_name != value.__name__:
            return None
        path = value.__code__.co_filename
        if "<locals>" in value.__qualname__ or not os.path.isfile(path):
            return None
        return os.path.realpath(path), value.__code__.co_firstlineno
    if "<locals>" in value.__qualname__:
        return None
    try:
        path = inspect.getsourcefile(value)
        lines, line = inspect.getsourcelines(value)
    except (OSError, TypeError):
        return None
    if path is None or not any(text.lstrip().startswith("class " + value.__name__) for text in lines):
        return None
    if sys.version_info < (3, 13):
        # Before 3.13 `inspect` searches the text, and takes the first of several classes of one name.
        with open(path, encoding="utf-8", errors="replace") as file:
            if len(re.findall(rf"^\s*class {value.__name__}\b", file.read(), re.M)) > 1:
                return None
    return os.path.realpath(path), line


def class_order(value):
    return [f"{c.__module__}.{c.__qualname__}" for c in value.__mro__ if c not in (object, typing.Generic)]


def merlon_order(names):
    names = ["builtins.tuple" if name == "typing.NamedTuple" else name for name in names]
    return [name for name in names if name not in ("builtins.object", "typing.Generic")]


def is_python(value):
    """True when all bases are written in Python or are builtins, so that a reader of sources can know the order."""
    if issubclass(value, dict) and hasattr(value, "__total__"):
        return False
    if len({(base.__module__, base.__qualname__) for base in value.__mro__}) < len(value.__mro__):
        return False
    for base in value.__mro__[:-1]:
        if base.__module__ == "builtins" and not hasattr(builtins, base.__name__):
            return False
        if base.__module__ == "builtins" or base is typing.Generic or base is typing.Protocol:
            continue
        if place(base) is None:
            return False
    return True


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--merlon-dev", required=True)
    parser.add_argument("--names", type=int, default=5000, help="how many names are compared (a sample, always the same)")
    parser.add_argument("--show", type=int, default=20)
    parser.add_argument("packages", nargs="+")
    options = parser.parse_args()
    warnings.simplefilter("ignore")

    wanted = {}
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        for package in options.packages:
            for name in module_names(package):
                for attribute, value in members(name):
                    wanted[f"{name}:{attribute}"] = value
    candidates = sorted(wanted)
    random.Random(1).shuffle(candidates)
    chosen = []
    for name in candidates:
        if any(fnmatch.fnmatch(name, pattern) for pattern in RUN_TIME):
            continue
        if len(chosen) < options.names and place(wanted[name]) is not None:
            chosen.append(name)
    command = [options.merlon_dev, "dump", "resolve", "--names-from", "-"]
    for directory in sys.path[1:]:
        if os.path.isdir(directory):
            command += ["--search-path", directory]
    process = subprocess.run(command, input="\n".join(chosen).encode(), stdout=subprocess.PIPE, check=True)
    places = orders = wrong_places = wrong_orders = ambiguous = shown = 0
    for line in process.stdout.splitlines():
        answer = json.loads(line)
        value = wanted[answer["name"]]
        path, first_line = place(value)
        places += 1
        definitions = answer["definitions"]
        right = [
            d for d in definitions
            if os.path.realpath(d["path"]) == path and first_line in (d["line"], d["firstLine"])
        ]
        if not right:
            wrong_places += 1
            if shown < options.show:
                shown += 1
                print(f"{answer['name']}: CPython {path}:{first_line}, Merlon "
                      f"{[(d['path'], d['line'], d['kind']) for d in definitions]}")
            continue
        ambiguous += len(definitions) > 1
        if isinstance(value, type) and is_python(value):
            orders += 1
            expected = class_order(value)
            got = merlon_order(right[0]["order"])
            if got != expected:
                wrong_orders += 1
                if shown < options.show:
                    shown += 1
                    print(f"{answer['name']}: CPython {expected}, Merlon {got}")
    version = ".".join(map(str, sys.version_info[:3]))
    print(f"Python {version}: {places} names, {wrong_places} elsewhere, {ambiguous} with alternatives; "
          f"{orders} class orders, {wrong_orders} differ")
    return 1 if wrong_places or wrong_orders else 0


if __name__ == "__main__":
    sys.exit(main())
