"""Holds `merlon map` against what the running FastAPI says, application by application, and prints a table of figures.

    api_map.py [--merlon .build/release/merlon] [--shared ../shared] [--work ../oracle-work] [-v] [NAME ...]

NAME is `docs` (the examples of FastAPI's documentation), `tests` (the applications of its own tests) or an application of
the shared folder's `oracle/apps.json`; all of them when none is given. The truths and the environments that they are made
in come from the shared folder's `build_truth.py`, which is run for what is missing under the work folder (it installs
packages). Applications are mapped twice: their package with the packages of its environment (`--python`), and the wheel's
own files alone, as somebody has them who unpacks a wheel.

Without the shared folder nothing is compared, and that is said. Exit status 1 when a share of operations, parameters,
dependencies or security is less than what was reached and docs/accuracy.md explains: 100 % for the documentation, 99.8 %
for the tests, 97 % for applications with their environment, 96 % for a wheel alone.
"""

import argparse
import csv
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
FASTAPI = "0.165.0"
BARRED = ["operations", "parameters", "dependencies", "security"]
LINE = re.compile(r"^(.+?)\s+(\d+) of (\d+)(?: \(.*%\), too much: (\d+))?$")


class Oracle:
    def __init__(self, options):
        self.options = options
        self.folder = pathlib.Path(options.shared) / "oracle"
        self.work = pathlib.Path(options.work)
        self.apps = json.loads((self.folder / "apps.json").read_text())

    def build(self, *arguments):
        self.work.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, str(self.folder / "build_truth.py"), *arguments, "--work", str(self.work)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)

    def example_set(self, name):
        """Truth and root of the documentation's examples, or of FastAPI's tests."""
        root = self.work / f"fastapi-{FASTAPI}"
        truth = self.work / f"{'docs_src' if name == 'docs' else 'tests'}.truth.json.gz"
        if name == "docs" and (self.folder / truth.name).exists():
            truth = self.folder / truth.name
        if not root.exists() or not truth.exists():
            self.build(name, "--out", str(self.work / truth.name))
            truth = self.work / truth.name
        return truth, root, [("sources", root, ["--python", str(self.work / "venv-docs")])]

    def application(self, name):
        environment = self.work / f"venv-{name}"
        truth = self.work / f"{name}.truth.json.gz"
        if not environment.exists() or not truth.exists():
            self.build("app", name, "--out", str(self.work))
        site = next(environment.glob("lib/python3*/site-packages"))
        package = self.apps[name]["target"].split(":")[0].split(".")[0]
        version = next(p.split("==")[1] for p in self.apps[name]["packages"] if p.startswith("fastapi=="))
        alone = self.alone(name, site, package)
        return truth, site, [
            ("with its environment", site / package, ["--python", str(environment)]),
            ("wheel alone", alone, ["--fastapi-version", version]),
        ]

    def alone(self, name, site, package):
        """The files of the distribution that holds the package, apart from all others."""
        target = self.work / f"wheel-{name}"
        if target.exists():
            return target
        for record in site.glob("*.dist-info/RECORD"):
            with open(record, newline="") as handle:
                files = [row[0] for row in csv.reader(handle) if row]
            if any(file == f"{package}/__init__.py" for file in files):
                for file in files:
                    if file.startswith("..") or "__pycache__" in file or not (site / file).is_file():
                        continue
                    (target / file).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(site / file, target / file)
        return target

    def compare(self, truth, root, arguments):
        """Right, total and too much by aspect, and the seconds that the map took."""
        command = [self.options.merlon, "map", str(root), "--format", "json", *arguments]
        with tempfile.NamedTemporaryFile(suffix=".json") as handle:
            started = time.time()
            subprocess.run(command, stdout=handle, check=False)
            seconds = time.time() - started
            compare = [sys.executable, str(self.folder / "compare.py"), str(truth), "--map", handle.name]
            verbose = ["-v"] if self.options.verbose else []
            text = subprocess.run(compare + verbose, stdout=subprocess.PIPE, text=True, check=False).stdout
        figures = {}
        for line in text.splitlines():
            match = LINE.match(line)
            if match and not line.startswith(("missing", "too much", "differs")):
                aspect, right, total, extra = match.groups()
                figures[aspect] = (int(right), int(total), int(extra or 0))
            elif self.options.verbose:
                print(line)
        return figures, seconds


def cell(figure):
    right, total, extra = figure
    share = 100 * right / total if total else 100
    text = f"{right} of {total} ({share:.1f} %)"
    return text + (f", {extra} too much" if extra else "")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--merlon", default=str(ROOT / ".build/release/merlon"))
    parser.add_argument("--shared", default=str(ROOT.parent / "shared"))
    parser.add_argument("--work", default=str(ROOT.parent / "oracle-work"))
    parser.add_argument("-v", "--verbose", action="store_true", help="print every difference")
    parser.add_argument("names", nargs="*")
    options = parser.parse_args()
    if not (pathlib.Path(options.shared) / "oracle/compare.py").exists():
        print(f"api map: skipped, there is no {options.shared}/oracle to compare with")
        return 0
    oracle = Oracle(options)
    columns, missed = [], []
    for name in options.names or ["docs", "tests", *oracle.apps]:
        is_example = name in ("docs", "tests")
        truth, _, ways = oracle.example_set(name) if is_example else oracle.application(name)
        for way, root, arguments in ways:
            figures, seconds = oracle.compare(truth, root, arguments)
            title = name if is_example else f"{name}, {way}"
            columns.append((title, figures, seconds))
            bar = {"docs": 1, "tests": 0.998}.get(name, 0.96 if way == "wheel alone" else 0.97)
            if not figures:
                missed.append(f"{title}: no map")
            for aspect, (right, total, _) in figures.items():
                if aspect in BARRED and right < bar * total:
                    missed.append(f"{title}: {aspect} {right} of {total}")
    aspects = list(dict.fromkeys(aspect for _, figures, _ in columns for aspect in figures))
    for title, figures, seconds in columns:
        print(f"\n### {title} ({seconds:.1f} s)\n\n| aspect | right |\n|---|---|")
        for aspect in aspects:
            if aspect in figures:
                print(f"| {aspect} | {cell(figures[aspect])} |")
    for line in missed:
        print("below its bar:", line)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
