#!/usr/bin/env python3
"""Compares Merlon's syntax trees with those of the CPython that runs this script.

    ast_diff.py --merlon-dev .build/debug/merlon-dev [--sample N] PATH...

Every .py file below the given paths is parsed by both. The text of `ast.dump(..., include_attributes=True)` must be
the same; a file that CPython's parser rejects must have an error in Merlon's answer, and one that it accepts none.
Before 3.12 CPython's positions inside f-strings are inexact: there both sides leave them out.

Exit status: 0 without differences, 1 with some, 2 when something could not be run.
"""

import argparse
import ast
import hashlib
import json
import multiprocessing
import os
import re
import subprocess
import sys
import sysconfig
import tempfile
import threading
import warnings

EXACT_FSTRINGS = sys.version_info >= (3, 12)
# 3.12 up to 3.12.3 put an empty constant behind a nested field of a format specification.
EMPTY_SPEC_CONSTANTS = (3, 12) <= sys.version_info < (3, 12, 4)
PACKAGE_FOLDERS = {"site-packages", "dist-packages"}
ATTRIBUTES = ("lineno", "col_offset", "end_lineno", "end_col_offset")


def python_files(roots):
    """All .py files of the roots, in a fixed order, links not followed; installed packages only where asked for."""
    library = standard_library()
    for root in roots:
        if os.path.isfile(root):
            yield root
        for folder, folders, files in os.walk(root):
            folders[:] = sorted(set(folders) - (PACKAGE_FOLDERS if root == library else set()))
            for name in sorted(files):
                path = os.path.join(folder, name)
                if name.endswith(".py") and os.path.isfile(path) and not os.path.islink(path):
                    yield path


def sample(paths, count):
    """A fixed choice of `count` paths spread over everything, the same in each run on the same files."""
    return sorted(sorted(paths, key=lambda path: hashlib.sha256(path.encode("utf-8", "replace")).digest())[:count])


def reference_tree(path):
    """CPython's dump of a file, or the exception with which its parser rejects it."""
    with open(path, "rb") as file:
        source = file.read()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except (SyntaxError, ValueError) as error:
        return None, error
    if not EXACT_FSTRINGS:
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                strip(node)
    elif EMPTY_SPEC_CONSTANTS:
        for node in ast.walk(tree):
            spec = getattr(node, "format_spec", None)
            if spec is not None:
                spec.values = [v for v in spec.values if not (isinstance(v, ast.Constant) and v.value == "")]
    try:
        return ast.dump(tree, include_attributes=True), None
    except ValueError:
        return None, None  # an integer with more digits than repr() allows


def strip(joined):
    for node in ast.walk(joined):
        if node is not joined:
            for name in ATTRIBUTES:
                if name in node.__dict__:
                    del node.__dict__[name]


def compiles(path):
    """Whether the compiler behind the parser accepts a file too."""
    with open(path, "rb") as file:
        source = file.read()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source, path, "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True


def context_of_difference(expected, actual):
    at = next((i for i, (a, b) in enumerate(zip(expected, actual)) if a != b), min(len(expected), len(actual)))
    lines = re.findall(r"\blineno=(\d+)", expected[at:]) or ["?"]
    low = max(0, at - 160)
    return lines[0], "    CPython: …%s\n    Merlon:  …%s" % (expected[low : at + 160], actual[low : at + 160])


def compare(path, answer):
    """None when both agree, else (kind, description)."""
    expected, rejection = reference_tree(path)
    error = answer.get("error")
    if rejection is not None:
        if error is None:
            return "accepts-invalid", "%s: accepted, but CPython says: %s" % (path, rejection)
        return None
    if error is not None and compiles(path):
        text = "%s:%d:%d: rejected (%s), but CPython accepts it" % (path, error["line"], error["column"], error["message"])
        return "rejects-valid", text
    if expected is None or expected == answer["ast"]:
        return None
    line, context = context_of_difference(expected, answer["ast"])
    return "differs", "%s:%s: different tree\n%s" % (path, line, context)


def work(job):
    """Compares one share of the files; runs in a process of its own."""
    binary, paths = job
    differences = []
    rejected = 0
    result = {}

    def run():
        command = [binary, "dump", "ast", "--python", "%d.%d" % sys.version_info[:2], "--files-from", "-"]
        if not EXACT_FSTRINGS:
            command.append("--omit-f-string-positions")
        with tempfile.TemporaryFile() as listing:
            listing.write("\n".join(paths).encode("utf-8", "surrogateescape"))
            listing.seek(0)
            process = subprocess.Popen(command, stdin=listing, stdout=subprocess.PIPE)
            done = 0
            for path, line in zip(paths, process.stdout):
                difference = compare(path, json.loads(line))
                if difference is not None:
                    differences.append(difference)
                done += 1
            process.stdout.close()
            status = process.wait()
            if done < len(paths):
                differences.append(("crash", "%s: merlon-dev ended with status %d here" % (paths[done], status)))
            result["done"] = done

    # Deeply nested sources need a deep stack in CPython's recursive ast.dump.
    threading.stack_size(512 << 20)
    sys.setrecursionlimit(100_000)
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return result.get("done", 0), differences


def standard_library():
    return sysconfig.get_paths()["stdlib"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--merlon-dev", required=True, help="the built merlon-dev")
    parser.add_argument("--files-from", help="file with one path a line")
    parser.add_argument("--stdlib", action="store_true", help="add the standard library of this Python")
    parser.add_argument("--sample", type=int, help="compare only this many files, a fixed choice")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--show", type=int, default=20, help="how many differences to print")
    parser.add_argument("--minimum", type=int, default=1, help="fail when there are fewer files than this")
    parser.add_argument("paths", nargs="*", help="files and folders")
    options = parser.parse_args()

    roots = list(options.paths)
    if options.stdlib:
        roots.append(standard_library())
    if options.files_from:
        with open(options.files_from, encoding="utf-8", errors="surrogateescape") as file:
            roots.extend(line.rstrip("\n") for line in file if line.strip())
    paths = list(dict.fromkeys(python_files(roots)))
    if options.sample is not None:
        paths = sample(paths, options.sample)
    if len(paths) < options.minimum:
        sys.exit("ast_diff: only %d files found, %d wanted" % (len(paths), options.minimum))

    # Small shares keep the processes equally busy; big files are spread by the stride.
    shares = max(1, min(options.processes * 8, len(paths) // 8 or 1))
    jobs = [(options.merlon_dev, paths[i::shares]) for i in range(shares)]
    with multiprocessing.Pool(options.processes) as pool:
        results = pool.map(work, jobs, chunksize=1)
    done = sum(count for count, _ in results)
    differences = [d for _, found in results for d in found]
    for _, text in differences[: options.show]:
        print(text)
    kinds = {}
    for kind, _ in differences:
        kinds[kind] = kinds.get(kind, 0) + 1
    detail = "".join(", %d %s" % (count, kind) for kind, count in sorted(kinds.items()))
    version = "%d.%d.%d" % sys.version_info[:3]
    print("CPython %s: %d files compared, %d differences%s" % (version, done, len(differences), detail))
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
