"""Writes what a real FastAPI says of the small applications in Tests/Fixtures/api, for the tests of the map.

    PYTHON Tests/oracle/excerpts.py [--shared ../shared]

PYTHON is the interpreter of an environment with one version of FastAPI. For each module the answer of the shared
folder's `fastapi_truth.py` is written to `<module>.<version>.json`, cut to the fields that the tests compare; modules that
this version refuses are left out.
"""

import argparse
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "Tests/Fixtures/api"


def cut(value, names):
    return {name: value[name] for name in names if value.get(name) is not None}


def route(entry):
    result = cut(entry, ["kind", "path", "methods", "response_model", "status_code", "tags", "deprecated"])
    result["include_in_schema"] = bool(entry.get("include_in_schema"))
    if "endpoint" in entry:
        result["endpoint"] = cut(entry["endpoint"], ["module", "qualname", "line"])
    names = ["module", "qualname", "kind", "depth", "param", "scopes", "use_cache", "variable"]
    result["dependencies"] = [cut(item, names) for item in entry.get("dependencies", [])]
    names = ["scheme_name", "type", "scopes", "auto_error", "in", "name", "http_scheme", "variable"]
    result["security"] = [cut(item, names) for item in entry.get("security", [])]
    names = ["name", "alias", "in", "type", "required", "constraints", "include_in_schema", "of"]
    result["params"] = {
        place: [cut(item, names) for item in items] for place, items in entry.get("params", {}).items() if items
    }
    return result


def application(entry):
    result = cut(entry, ["name", "docs_url", "redoc_url", "openapi_url", "cors"])
    result["middleware"] = [item["class"] for item in entry["middleware"]]
    result["routes"] = [
        route(item) for item in entry["routes"] if not item.get("endpoint", {}).get("module", "").startswith("fastapi.")
    ]
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", default=str(ROOT.parent / "shared"))
    options = parser.parse_args()
    truth = pathlib.Path(options.shared) / "oracle/fastapi_truth.py"
    for path in sorted(FOLDER.glob("*.py")):
        command = [sys.executable, str(truth), path.stem, "--path", str(FOLDER), "--no-models"]
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
        if done.returncode:
            print(f"{path.name}: {done.stderr.strip().splitlines()[-1][:200]}")
            continue
        answer = json.loads(done.stdout)
        version = answer["versions"]["fastapi"]
        result = {
            "module": answer["module"],
            "versions": cut(answer["versions"], ["fastapi", "pydantic", "python"]),
            "apps": [application(entry) for entry in answer["apps"] if entry["kind"] == "app"],
        }
        output = FOLDER / f"{path.stem}.{version}.json"
        output.write_text(json.dumps(result, indent=1) + "\n")
        print(f"{output.name}: {sum(len(app['routes']) for app in result['apps'])} routes")


if __name__ == "__main__":
    main()
