"""Compares Merlon's scopes with those of the running CPython's `symtable`.

    python3 Tests/oracle/symtable_diff.py --merlon-dev PATH [--limit N] [--show N] FILE_OR_DIRECTORY...

Per scope: type, name, line and the scope around it; per symbol: referenced, assigned, parameter, imported, annotated,
declared global, declared nonlocal, and whether it is local, free, explicitly or implicitly global. Left out: names
that only the compiler has (`.0`, `.defaults`, `__classdict__`, ...). Exit status 1 when anything differs.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import symtable
import warnings
from collections import Counter

INTERNAL = {"__classdict__", "__conditional_annotations__", "__type_params__"}
TYPES = {
    "annotation": "annotation", "typealias": "type alias", "typeparameters": "type parameters",
    "typevariable": "type variable", "typevar bound": "type variable", "type_alias": "type alias",
    "type_parameters": "type parameters", "type_variable": "type variable",
    "typevarbound": "type variable",
}


def letters(symbol):
    text = ""
    flags = symbol._Symbol__flags
    scope = symbol._Symbol__scope
    if symbol.is_referenced():
        text += "R"
    if symbol.is_assigned():
        text += "A"
    if symbol.is_parameter():
        text += "P"
    if symbol.is_imported():
        text += "I"
    if symbol.is_annotated():
        text += "N"
    if flags & 1:
        text += "G"
    if symbol.is_nonlocal():
        text += "L"
    kind = {1: "=l", 2: "=e", 3: "=g", 4: "=f", 5: "=l"}.get(scope, "=?")
    return text + kind


def scopes(table, path, result):
    kind = str(getattr(table.get_type(), "value", table.get_type()))
    kind = TYPES.get(kind.lower(), kind)
    symbols = {
        symbol.get_name(): letters(symbol) for symbol in table.get_symbols()
        if not symbol.get_name().startswith(".") and symbol.get_name() not in INTERNAL
    }
    line = 0 if kind == "module" else table.get_lineno()
    here = path + (f"{kind} {table.get_name()}:{line}",)
    result.append((here, symbols))
    for child in table.get_children():
        scopes(child, here, result)


def merlon_scopes(entries):
    paths = []
    result = []
    for parent, kind, name, line, symbols in entries:
        path = (paths[parent] if parent >= 0 else ()) + (f"{kind} {name}:{line}",)
        paths.append(path)
        result.append((path, {n: f for n, f in symbols.items() if not n.startswith(".") and n not in INTERNAL}))
    return result


def canonical(entries):
    return Counter((" > ".join(path), tuple(sorted(symbols.items()))) for path, symbols in entries)


def files(arguments):
    for argument in arguments:
        if os.path.isfile(argument):
            yield argument
        for directory, names, entries in os.walk(argument):
            names.sort()
            for entry in sorted(entries):
                if entry.endswith(".py"):
                    yield os.path.join(directory, entry)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--merlon-dev", required=True)
    parser.add_argument("--limit", type=int, default=0, help="a random sample of this many files, always the same")
    parser.add_argument("--show", type=int, default=10)
    parser.add_argument("paths", nargs="+")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(20_000)

    expected = {}
    chosen = list(files(options.paths))
    if options.limit and len(chosen) > options.limit:
        chosen = sorted(random.Random(1).sample(chosen, options.limit))
    for path in chosen:
        with open(path, "rb") as file:
            source = file.read()
        try:
            found = []
            scopes(symtable.symtable(source, path, "exec"), (), found)
            expected[path] = found
        except (SyntaxError, ValueError, RecursionError):
            continue
    command = [options.merlon_dev, "dump", "names", "--files-from", "-"]
    if sys.version_info >= (3, 12):
        command.append("--inline-comprehensions")
    process = subprocess.run(command, input="\n".join(expected).encode(), stdout=subprocess.PIPE, check=True)
    compared = different = symbols = 0
    for line in process.stdout.splitlines():
        answer = json.loads(line)
        compared += 1
        wanted = canonical(expected[answer["path"]])
        got = canonical(merlon_scopes(answer.get("scopes", [])))
        symbols += sum(len(key[1]) * count for key, count in wanted.items())
        if wanted == got:
            continue
        different += 1
        if different <= options.show:
            print(answer["path"])
            show(wanted - got, got - wanted)
    version = ".".join(map(str, sys.version_info[:3]))
    print(f"symtable of Python {version}: {compared} files, {symbols} symbols, {different} files differ")
    return 1 if different or compared != len(expected) else 0


def show(missing, extra):
    extras = {path: dict(symbols) for path, symbols in extra}
    for path, symbols in list(missing)[:5]:
        other = extras.pop(path, None)
        if other is None:
            print(f"  missing: {path}: {dict(symbols)}"[:300])
            continue
        symbols = dict(symbols)
        for name in sorted(set(symbols) | set(other)):
            if symbols.get(name) != other.get(name):
                print(f"  {path}: {name}: CPython {symbols.get(name)}, Merlon {other.get(name)}")
    for path, symbols in list(extras.items())[:5]:
        print(f"  extra: {path}: {symbols}"[:300])


if __name__ == "__main__":
    sys.exit(main())
