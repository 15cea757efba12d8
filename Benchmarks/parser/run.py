#!/usr/bin/env python3
"""Speed and peak memory of parsing one tree with Merlon, CPython and ruff, in one run, as a Markdown table.

    run.py [PATH...]        (default: the packages in .build/venv)

Every tool is a process of its own on one thread that reads the same copies of the same files; what counts is its
processor time (user and system), the best of several runs. Ratios travel between machines, seconds do not.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CPYTHON = """
import ast, sys, warnings
warnings.simplefilter("ignore")
for path in open(sys.argv[1]):
    with open(path.rstrip("\\n"), "rb") as file:
        source = file.read()
    try:
        ast.parse(source)
    except (SyntaxError, ValueError):
        pass
"""


def copy_tree(roots, folder):
    """Copies all .py files, so that no tool leaves some out for where they lie; answers their paths."""
    paths = []
    for root in roots:
        for parent, folders, files in os.walk(root):
            folders.sort()
            for name in sorted(files):
                source = os.path.join(parent, name)
                if name.endswith(".py") and os.path.isfile(source):
                    target = os.path.join(folder, "%03d" % (len(paths) // 100), "f%05d.py" % len(paths))
                    os.makedirs(os.path.dirname(target), exist_ok=True)
                    shutil.copyfile(source, target)
                    paths.append(target)
    return paths


def measure(command, runs, environment=None):
    """Least processor seconds of several runs, greatest peak memory in MB, and the last output."""
    best, peak, output = float("inf"), 0, b""
    for _ in range(runs):
        with tempfile.TemporaryFile() as captured:
            process = subprocess.Popen(
                command, stdout=captured, stderr=subprocess.DEVNULL, env={**os.environ, **(environment or {})}
            )
            _, _, usage = os.wait4(process.pid, 0)
            captured.seek(0)
            output = captured.read()
        best = min(best, usage.ru_utime + usage.ru_stime)
        peak = max(peak, usage.ru_maxrss / 1024)
    return best, peak, output


def find_ruff():
    beside = os.path.join(os.path.dirname(sys.executable), "ruff")
    return beside if os.access(beside, os.X_OK) else shutil.which("ruff")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--merlon-dev", default=os.path.join(ROOT, ".build", "release", "merlon-dev"))
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("paths", nargs="*", default=[os.path.join(ROOT, ".build", "venv", "lib")])
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        tree = os.path.join(folder, "tree")
        paths = copy_tree(options.paths, tree)
        size = sum(os.path.getsize(path) for path in paths) / 1e6
        lines = sum(open(path, "rb").read().count(b"\n") for path in paths)
        listing = os.path.join(folder, "files.txt")
        with open(listing, "w", encoding="utf-8") as file:
            file.write("\n".join(paths) + "\n")

        merlon = [options.merlon_dev, "bench", "parse", "--files-from", listing]
        rows = [("Merlon",) + measure(merlon, options.runs)]
        inside = json.loads(rows[0][3])
        version = "%d.%d.%d" % sys.version_info[:3]
        rows.append(("CPython %s `ast.parse`" % version,)
                    + measure([sys.executable, "-c", CPYTHON, listing], max(options.runs // 2, 1)))
        ruff = find_ruff()
        if ruff:
            name = subprocess.run([ruff, "--version"], stdout=subprocess.PIPE).stdout.decode().strip()
            command = [ruff, "check", "--isolated", "--no-cache", "--quiet", "--exit-zero", "--select", "E902", tree]
            rows.append(("%s `check --select E902`" % name,)
                        + measure(command, options.runs, {"RAYON_NUM_THREADS": "1"}))

    print("%d files, %d lines, %.1f MB of Python; whole processes, one thread, best of %d runs.\n"
          % (len(paths), lines, size, options.runs))
    print("| parser | CPU s | MB/s | Merlon is faster by | peak MB |")
    print("|---|---:|---:|---:|---:|")
    for name, seconds, peak, _ in rows:
        print("| %s | %.3f | %.1f | %.1f× | %.0f |" % (name, seconds, size / seconds, seconds / rows[0][1], peak))
    print("\nWithout start, reading and copying, Merlon parses %.1f MB/s." % (size / inside["parse_seconds"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
