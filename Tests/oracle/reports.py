"""Checks reports against their schemas with the `jsonschema` package: a second opinion beside the Swift tests.

    reports.py [--shared ../shared] [--merlon .build/debug/merlon --path DIR ...] [FILE ...]

Each FILE is a report: `*.sarif` is checked against the schema of OASIS (in the shared folder, because it is not ours to
publish), `*.json` against docs/report.schema.json. With --merlon each DIR is scanned in both formats as well.
"""

import argparse
import json
import pathlib
import subprocess
import sys

import jsonschema

ROOT = pathlib.Path(__file__).resolve().parents[2]


def validators(shared):
    own = json.loads((ROOT / "docs/report.schema.json").read_text())
    jsonschema.Draft7Validator.check_schema(own)
    found = {"json": jsonschema.Draft7Validator(own)}
    sarif = pathlib.Path(shared) / "vectors/schemas/sarif-2.1.0.schema.json"
    if sarif.exists():
        found["sarif"] = jsonschema.Draft4Validator(json.loads(sarif.read_text()))
    return found


def reports(arguments):
    """Name, format and bytes of each report."""
    for name in arguments.files:
        path = pathlib.Path(name)
        yield name, path.suffix.lstrip("."), path.read_bytes()
    for path in arguments.paths or []:
        for form in ("json", "sarif"):
            command = [arguments.merlon, "scan", path, "--format", form, "--fail-on", "never"]
            yield f"{path} ({form})", form, subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", default=str(ROOT.parent / "shared"))
    parser.add_argument("--merlon")
    parser.add_argument("--path", dest="paths", action="append")
    parser.add_argument("files", nargs="*")
    arguments = parser.parse_args()
    known = validators(arguments.shared)
    checked = failed = 0
    for name, form, content in reports(arguments):
        if form not in known:
            print(f"{name}: no schema for {form} here, not checked")
            continue
        checked += 1
        errors = sorted(known[form].iter_errors(json.loads(content)), key=lambda error: list(map(str, error.path)))
        for error in errors[:5]:
            print(f"{name}: {'/'.join(map(str, error.path))}: {error.message[:200]}")
        failed += bool(errors)
    print(f"reports: {checked} checked, {failed} invalid")
    sys.exit(1 if failed or not checked else 0)


if __name__ == "__main__":
    main()
