#!/usr/bin/env python3
"""How the cost of a scan grows: a package, copied under new names 1, 4, 16 and 64 times, as a Markdown table.

Each copy is a package of its own with its own application, so that operations, guards and flows grow with the lines.
"""
import argparse
import pathlib
import resource
import subprocess
import tempfile


def cpu(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def copy(package, target, number):
    name = package.name
    lines = 0
    for file in sorted(package.rglob("*.py")):
        text = file.read_text(encoding="utf-8", errors="replace")
        place = target / f"{name}_{number}" / file.relative_to(package)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text.replace(name, f"{name}_{number}"), encoding="utf-8")
        lines += text.count("\n")
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=pathlib.Path, help="folder of a package that has an application")
    parser.add_argument("--merlon", default="merlon")
    parser.add_argument("--copies", default="1,4,16,64")
    options = parser.parse_args()
    print("| copies | lines | CPU s | microseconds a line | peak MB of all so far |\n|---:|---:|---:|---:|---:|")
    for count in map(int, options.copies.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            target = pathlib.Path(folder)
            lines = sum(copy(options.package, target, number) for number in range(count))
            command = [options.merlon, "scan", folder, "--no-cache", "--no-config", "--fail-on", "never"]
            seconds = min(cpu(command + ["--format", "json", "--output", folder + "/r.json"]) for _ in range(2))
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"| {count} | {lines} | {seconds:.2f} | {seconds / lines * 1e6:.1f} | {peak:.0f} |", flush=True)


main()
