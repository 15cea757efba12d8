#!/usr/bin/env python3
"""Speed and peak memory of scanning one tree with Merlon, bandit and ruff, in one run, as a Markdown table.

    run.py [PATH...]        (default: the packages in .build/venv)

Every tool reads the same copy of the same files. What counts is processor time (user and system, all threads), the
best of several runs; wall time says what two threads make of it. Ratios travel between machines, seconds do not.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from common import CPYTHON_PARSE, ROOT, beside_python, measure, version_of  # noqa: E402


def copy_python(roots, folder):
    """Copies the .py files with their folders, under a name that no tool leaves out; answers their paths."""
    paths = []
    for number, root in enumerate(roots):
        for parent, folders, files in os.walk(root):
            folders.sort()
            for name in sorted(files):
                source = os.path.join(parent, name)
                if name.endswith(".py") and os.path.isfile(source):
                    relative = os.path.relpath(source, root).replace("site-packages", "packages")
                    target = os.path.join(folder, "part%d" % number, relative)
                    os.makedirs(os.path.dirname(target), exist_ok=True)
                    shutil.copyfile(source, target)
                    paths.append(target)
    return paths


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--merlon", default=os.path.join(ROOT, ".build", "release", "merlon"))
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peer-runs", type=int, default=1)
    parser.add_argument("paths", nargs="*", default=[os.path.join(ROOT, ".build", "venv", "lib")])
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        tree = os.path.join(folder, "tree")
        paths = copy_python(options.paths, tree)
        size = sum(os.path.getsize(path) for path in paths) / 1e6
        lines = sum(open(path, "rb").read().count(b"\n") for path in paths)
        listing = os.path.join(folder, "files.txt")
        with open(listing, "w", encoding="utf-8") as file:
            file.write("\n".join(paths) + "\n")

        def run(name, command, runs, environment=None):
            start = time.monotonic()
            seconds, peak, output = measure(command, runs, environment)
            return name, seconds, peak, (time.monotonic() - start) / runs, output

        # All roles, so that every tool looks at the same files.
        scan = [options.merlon, "scan", tree, "--no-config", "--format", "json", "--fail-on", "never", "--quiet",
                "--include", "test,script,migration,example"]
        rows = [run("Merlon, 1 thread", scan + ["--jobs", "1"], options.runs),
                run("Merlon, 2 threads", scan + ["--jobs", "2"], options.runs)]
        report = json.loads(rows[0][4])
        version = "%d.%d.%d" % sys.version_info[:3]
        rows.append(run("CPython %s `ast.parse` alone" % version, [sys.executable, "-c", CPYTHON_PARSE, listing],
                        options.peer_runs))
        ruff = beside_python("ruff")
        if ruff:
            rows.append(run("%s `check --select S`, 1 thread" % version_of([ruff, "--version"]),
                            [ruff, "check", "--isolated", "--no-cache", "--quiet", "--exit-zero", "--select", "S",
                             "--output-format", "json", tree], options.runs, {"RAYON_NUM_THREADS": "1"}))
        bandit = beside_python("bandit")
        if bandit:
            rows.append(run(version_of([bandit, "--version"]), [bandit, "-r", "-q", "-f", "json", tree],
                            options.peer_runs))

    findings = [finding for finding in report["findings"] if finding["severity"] != "info"]
    print("%d files, %d lines, %.1f MB of Python; Merlon reports %d findings (%.2f per 1,000 lines).\n"
          % (len(paths), lines, size, len(findings), 1000 * len(findings) / max(lines, 1)))
    print("| tool | CPU s | 1,000 lines per CPU s | CPU beside Merlon | wall s | peak MB |")
    print("|---|---:|---:|---:|---:|---:|")
    for name, seconds, peak, wall, _ in rows:
        print("| %s | %.2f | %.0f | %.1f× | %.2f | %.0f |"
              % (name, seconds, lines / 1000 / seconds, seconds / rows[0][1], wall, peak))
    return 0


if __name__ == "__main__":
    sys.exit(main())
