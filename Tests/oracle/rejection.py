#!/usr/bin/env python3
"""Checks that Merlon rejects what CPython rejects, near the same place, and keeps the statements around it.

    rejection.py --merlon-dev .build/debug/merlon-dev

The programs are those of Tests/Fixtures/invalid. Each is parsed alone, where an error must be reported, and between two
marker statements, which both must be in the recovered tree. Where this Python has ruff, programs with syntax newer than
CPython 3.13 must be accepted or rejected by Merlon as by ruff.

Exit status: 0 when all holds, 1 when not.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile

FIXTURES = os.path.join(os.path.dirname(os.path.abspath(__file__)), os.pardir, "Fixtures", "invalid")

# Rejected by 3.13, but valid in 3.14: PEP 758 lets the parentheses of several exception types out.
ACCEPTED_LATER = re.compile(r"^except\*? A, B(, C)?:", re.MULTILINE)

# What follows an unterminated triple-quoted string, or an escaped end of line, belongs to it.
SWALLOWS_REST = re.compile(r"unterminated (triple-quoted|f-string)|unexpected EOF|unexpected character after line cont")


def load(name):
    with open(os.path.join(FIXTURES, name), encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def content(program):
    if "latin1" in program:
        return program["latin1"].encode("latin-1")
    return program["source"].encode("utf-8", "surrogatepass")


def dump(binary, folder, contents, python="3.13"):
    """Merlon's answers for the given file contents."""
    paths = []
    for number, text in enumerate(contents):
        path = os.path.join(folder, "%05d.py" % number)
        with open(path, "wb") as file:
            file.write(text)
        paths.append(path)
    listing = os.path.join(folder, "files.txt")
    with open(listing, "w", encoding="utf-8") as file:
        file.write("\n".join(paths))
    command = [binary, "dump", "ast", "--python", python, "--files-from", listing]
    output = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    answers = [json.loads(line) for line in output.splitlines()]
    if len(answers) != len(paths):
        sys.exit("rejection: merlon-dev answered for %d of %d files" % (len(answers), len(paths)))
    return answers


def byte_column(program):
    """CPython's place as a column in UTF-8 bytes, from 0."""
    lines = content(program).decode("utf-8", "replace").splitlines() or [""]
    line = lines[min(max(program["line"], 1), len(lines)) - 1]
    return len(line[: max(program["offset"] - 1, 0)].encode("utf-8"))


def shown(program):
    return "%s: %r (CPython: %s)" % (program["origin"], content(program)[:200], program["message"])


def check_rejections(binary, folder, show):
    programs = [p for p in load("cpython.jsonl") if not ACCEPTED_LATER.search(p.get("source", ""))]
    answers = dump(binary, folder, [content(p) for p in programs])
    accepted, near, exact, far = [], 0, 0, []
    for program, answer in zip(programs, answers):
        error = answer.get("error")
        if error is None:
            accepted.append(program)
        elif program["line"] == error["line"] and byte_column(program) == error["column"]:
            exact += 1
            near += 1
        elif program["line"] == 0 or abs(program["line"] - error["line"]) <= 1:
            near += 1
        else:
            far.append((program, error))
    for program in accepted[:show]:
        print("accepted although invalid: " + shown(program))
    for program, error in far[: show // 4]:
        print("far: line %d, CPython line %d: %s: %s" % (error["line"], program["line"], shown(program), error["message"]))
    count = len(programs)
    print(
        "rejection: %d of %d invalid programs rejected, %d within one line of CPython's place (%.1f %%), %d at the "
        "same line and column (%.1f %%)"
        % (count - len(accepted), count, near, 100 * near / count, exact, 100 * exact / count)
    )
    return not accepted and near >= 0.9 * count


def check_recovery(binary, folder, show):
    """Statements before and after a broken one stay in the tree."""
    programs = [p for p in load("cpython.jsonl") if "source" in p and "coding" not in p["source"]]
    contents = [b"marker_before = 1\n" + content(p) + b"\nmarker_after = 2\n" for p in programs]
    before, after, expected = [], [], 0
    for program, answer in zip(programs, dump(binary, folder, contents)):
        if "id='marker_before'" not in answer["ast"]:
            before.append(program)
        if not SWALLOWS_REST.search(program["message"]):
            expected += 1
            if "id='marker_after'" not in answer["ast"]:
                after.append(program)
    for kind, programs_without in (("before", before), ("after", after)):
        for program in programs_without[: show // 2]:
            print("statement %s the error is lost: %s" % (kind, shown(program)))
    print(
        "recovery: the statement before is kept in %d of %d programs, the one after in %d of %d (%.1f %%)"
        % (len(programs) - len(before), len(programs), expected - len(after), expected,
           100 - 100 * len(after) / max(expected, 1))
    )
    return not before and len(after) <= 0.02 * expected


def find_ruff():
    path = os.path.join(os.path.dirname(sys.executable), "ruff")
    return path if os.access(path, os.X_OK) else None


def check_newer(binary, folder, show):
    """Syntax that this CPython may not know: ruff says the same, and so does the note beside the program."""
    programs = load("newer.jsonl")
    answers = dump(binary, folder, [content(p) for p in programs])
    ruff = find_ruff()
    wrong = 0
    for number, (program, answer) in enumerate(zip(programs, answers)):
        accepts = "error" not in answer
        verdicts = [("the note", program["valid"])]
        if ruff and program.get("ruff", True):
            path = os.path.join(folder, "%05d.py" % number)
            command = [ruff, "check", "--isolated", "--no-cache", "--quiet", "--preview", "--target-version", "py314",
                       "--select", "E902", path]
            status = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
            verdicts.append(("ruff", status == 0))
        for name, verdict in verdicts:
            if verdict != accepts:
                wrong += 1
                if wrong <= show:
                    print("PEP %s: Merlon %s, %s %s: %r" % (
                        program["pep"], "accepts" if accepts else "rejects", name,
                        "accepts" if verdict else "rejects", program["source"]))
    print("newer syntax: %d programs, %d disagreements%s" % (len(programs), wrong, "" if ruff else " (no ruff here)"))
    return wrong == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--merlon-dev", required=True, help="the built merlon-dev")
    parser.add_argument("--show", type=int, default=20, help="how many failures of each kind to print")
    options = parser.parse_args()
    results = []
    for check in (check_rejections, check_recovery, check_newer):
        with tempfile.TemporaryDirectory() as folder:
            results.append(check(options.merlon_dev, folder, options.show))
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
