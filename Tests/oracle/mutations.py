#!/usr/bin/env python3
"""Parses random bytes and mutated pieces of real files with Merlon and with the CPython that runs this script.

    mutations.py --merlon-dev .build/debug/merlon-dev [--count N] [--seed N] PATH...

Merlon must answer for each, must accept what CPython's compiler accepts, and with the same tree. Where CPython is 3.13
or newer, Merlon must also refuse what it refuses, syntax of 3.14 aside. The same seed and files give the same inputs.

Exit status: 0 when all holds, 1 when not.
"""

import argparse
import ast
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import warnings

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from ast_diff import EXACT_FSTRINGS, compiles, python_files, reference_tree  # noqa: E402

PIECES = [piece.encode("latin-1") for piece in (
    "( ) [ ] { } \" ' \"\"\" ''' f' t\" \\ : , = * ** lambda async await yield match\tx:\n case class def\tf( if else: try: "
    "except* # \x00 \xff \xef\xbb\xbf #\tcoding:\tlatin-1\n \r \x0c 0x 1e 1_ j := -> ... @ {x!r:>{w}} \\N{ global\tx "
    "nonlocal\tx type\tX[T]\t= import\t* from\t.\timport ; \xc3\xa9 del not in is"
).split(" ")] + [b" ", b"  ", b"\t", b"\n", b"\r\n"]
KNOWS_ALL = sys.version_info >= (3, 13)
# Before 3.13 an escaped CR LF at the very end of a file was no error, though an escaped LF was.
QUIRKS = re.compile(rb"\\\r\n?\Z") if not KNOWS_ALL else None
NEWER = re.compile(rb"(?i)\b(t|rt|tr)[\"']|except\b[^\n(]*,")


def mutated(chosen, text):
    text = bytearray(text)
    for _ in range(chosen.choice([0, 1, 1, 1, 2, 3, 8, 30])):
        at = chosen.randrange(len(text) + 1)
        kind = chosen.random()
        if kind < 0.35:
            text[at:at] = chosen.choice(PIECES)
        elif kind < 0.55:
            del text[at : at + chosen.choice([1, 1, 2, 5, 50])]
        elif kind < 0.7 and text:
            text[min(at, len(text) - 1)] = chosen.randrange(256)
        elif kind < 0.85:
            start = chosen.randrange(len(text) + 1)
            text[at:at] = text[start : start + chosen.choice([5, 40, 200])]
        elif kind < 0.93:
            del text[at:]
        else:
            text[at:at] = chosen.choice(PIECES) * chosen.choice([2, 10, 300])
    return bytes(text)


def make_input(chosen, files):
    kind = chosen.random()
    if kind < 0.05:
        return bytes(chosen.randrange(256) for _ in range(chosen.randrange(400)))
    if kind < 0.15:
        return b"".join(chosen.choice(PIECES) + b" " for _ in range(chosen.randrange(200)))
    with open(chosen.choice(files), "rb") as file:
        text = file.read()
    start = text.find(b"\n", chosen.randrange(len(text) + 1)) + 1
    return mutated(chosen, text[start : start + chosen.choice([200, 2000, 8000])])


def judge(path, answer):
    """What is wrong with Merlon's answer; None if nothing is."""
    with open(path, "rb") as file:
        source = file.read()
    if QUIRKS and QUIRKS.search(source):
        return None
    try:
        expected, rejection = reference_tree(path)
    except (RecursionError, MemoryError):
        return None
    error = answer.get("error")
    if rejection is None:
        if error is not None:
            # Read from a file, such a program is refused by CPython too.
            is_text = "no UTF-8" not in error["message"]
            return "rejected (%s), CPython accepts" % error["message"] if is_text and compiles(path) else None
        return "different tree" if expected is not None and expected != answer["ast"] else None
    if error is None and KNOWS_ALL and not NEWER.search(source):
        return "accepted, CPython: %s" % rejection
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--merlon-dev", required=True, help="the built merlon-dev")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=20)
    parser.add_argument("paths", nargs="+", help="files and folders to take pieces from")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    chosen = random.Random(options.seed)
    files = list(python_files(options.paths))
    failures = []
    valid = 0
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number in range(options.count):
            paths.append(os.path.join(folder, "%06d.py" % number))
            with open(paths[-1], "wb") as file:
                file.write(make_input(chosen, files))
        listing = os.path.join(folder, "files.txt")
        with open(listing, "w", encoding="utf-8") as file:
            file.write("\n".join(paths))
        command = [options.merlon_dev, "dump", "ast", "--python", "%d.%d" % sys.version_info[:2]]
        if not EXACT_FSTRINGS:
            command.append("--omit-f-string-positions")
        environment = {**os.environ, "SWIFT_BACKTRACE": "enable=no"}
        result = subprocess.run(command + ["--files-from", listing], stdout=subprocess.PIPE, env=environment)
        answers = result.stdout.splitlines()
        if result.returncode != 0 or len(answers) != len(paths):
            failures.append((paths[min(len(answers), len(paths) - 1)], "ended with status %d" % result.returncode))
        for path, line in zip(paths, answers):
            try:
                answer = json.loads(line)
            except ValueError:
                break  # the output ends where the program did
            wrong = judge(path, answer)
            valid += "error" not in answer
            if wrong is not None:
                failures.append((path, wrong))
        for path, wrong in failures[: options.show]:
            with open(path, "rb") as file:
                print("%s: %r" % (wrong, file.read(300)))
    print("mutations: %d inputs, %d of them accepted, %d failures" % (len(paths), valid, len(failures)))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
