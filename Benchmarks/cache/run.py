#!/usr/bin/env python3
"""What the cache saves: a tree scanned cold, again, and again after single edits, beside bandit, as a Markdown table.

    run.py PATH...          (sources of applications; together they should have 500,000 lines)

Every warm run is compared with one of `--no-cache` on the same state of the tree: reports that differ in anything but
time end the benchmark. `--random N` goes on with N edits at random places and only compares.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from common import ROOT, beside_python, version_of  # noqa: E402

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "scan"))
from run import copy_python  # noqa: E402


def timed(command, environment):
    """Wall seconds, processor seconds and output of one run."""
    start = time.monotonic()
    with tempfile.TemporaryFile() as captured:
        process = subprocess.Popen(command, stdout=captured, stderr=subprocess.DEVNULL, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        captured.seek(0)
        return wall, usage.ru_utime + usage.ru_stime, captured.read(), status


def without_time(report):
    """The report as a value, without what tells when it was made."""
    def strip(value):
        if isinstance(value, dict):
            return {key: strip(inner) for key, inner in value.items() if key not in ("started_at", "seconds")}
        return [strip(inner) for inner in value] if isinstance(value, list) else value
    return strip(json.loads(report))


def edited(path, change):
    with open(path, encoding="utf-8", errors="surrogateescape", newline="") as file:
        text = file.read()
    with open(path, "w", encoding="utf-8", errors="surrogateescape", newline="") as file:
        file.write(change(text))
    return path


def random_edit(path, source):
    """Drops, repeats or adds a line, or adds a function that does harm."""
    def change(text):
        lines = text.splitlines(keepends=True)
        place = source.randrange(len(lines)) if lines else 0
        kind = source.randrange(5)
        if kind == 0 and lines:
            del lines[place]
        elif kind == 1 and lines:
            lines.insert(place, lines[place])
        elif kind == 2:
            lines.insert(0, "import os, subprocess\n")
        elif kind == 3:
            lines.append("\n\ndef added_here(value):\n    return eval(value)\n")
        else:
            lines.insert(0, "# a comment\n")
        return "".join(lines)
    return edited(path, change)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--merlon", default=os.path.join(ROOT, ".build", "release", "merlon"))
    parser.add_argument("--bandit", default=beside_python("bandit"))
    parser.add_argument("--random", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--outside", help="end of the path of a file that no API reaches; the first fitting one if not set")
    parser.add_argument("--inside", help="end of the path of a file with handlers; the first fitting one if not set")
    parser.add_argument("paths", nargs="+")
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        tree = os.path.join(folder, "tree")
        paths = copy_python(options.paths, tree)
        lines = sum(open(path, "rb").read().count(b"\n") for path in paths)
        environment = {**os.environ, "XDG_CACHE_HOME": os.path.join(folder, "cache")}
        scan = [options.merlon, "scan", tree, "--no-config", "--format", "json", "--fail-on", "never", "--quiet"]

        def compared(name):
            warm = timed(scan, environment)
            cold = timed(scan + ["--no-cache"], environment)
            if warm[3] != 0 or without_time(warm[2]) != without_time(cold[2]):
                sys.exit("%s: the cache makes a difference" % name)
            return warm

        def pick(wanted, marks, refused):
            for path in paths:
                text = open(path, encoding="utf-8", errors="replace").read()
                if wanted and path.endswith(wanted):
                    return path
                if not wanted and all(m in text for m in marks) and not any(r in text for r in refused) \
                        and "test" not in path:
                    return path
            sys.exit("no file to edit")

        body = "\n\ndef _added_by_the_benchmark(value):\n    return value\n"
        rows = [("cold, without cache", *timed(scan + ["--no-cache"], environment)[:2]),
                ("cold, cache written", *timed(scan, environment)[:2]),
                ("again, nothing changed", *compared("again")[:2])]
        outside = pick(options.outside, ["def "], ["astapi", "APIRouter", "import"])
        inside = pick(options.inside, ["APIRouter(", "@"], [])
        edited(outside, lambda text: text + body)
        rows.append(("a function added outside of the API's reach", *compared("outside")[:2]))
        edited(inside, lambda text: text + body)
        rows.append(("a function added beside handlers", *compared("inside")[:2]))
        if options.bandit:
            wall, cpu, _, _ = timed([options.bandit, "-r", "-q", "-f", "json", tree], environment)
            rows.append((version_of([options.bandit, "--version"]), wall, cpu))
        source = random.Random(options.seed)
        for step in range(options.random):
            compared("edit %d of %s" % (step, random_edit(source.choice(paths), source)))

    print("%d files, %d lines.\n" % (len(paths), lines))
    print("| run | wall s | CPU s | bandit beside it (wall) |")
    print("|---|---:|---:|---:|")
    for name, wall, cpu in rows:
        print("| %s | %.2f | %.2f | %.0f× |" % (name, wall, cpu, rows[-1][1] / wall))
    return 0


if __name__ == "__main__":
    sys.exit(main())
