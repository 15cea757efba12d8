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
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from common import CPYTHON_PARSE, ROOT, beside_python, measure, version_of  # noqa: E402


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
                    + measure([sys.executable, "-c", CPYTHON_PARSE, listing], max(options.runs // 2, 1)))
        ruff = beside_python("ruff")
        if ruff:
            name = version_of([ruff, "--version"])
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
