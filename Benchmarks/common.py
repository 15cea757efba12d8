"""What the benchmarks share: processes measured by the operating system's own accounting."""

import os
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CPYTHON_PARSE = """
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


def beside_python(name):
    """A tool of this interpreter's environment, else of the path; None when there is none."""
    beside = os.path.join(os.path.dirname(sys.executable), name)
    return beside if os.access(beside, os.X_OK) else shutil.which(name)


def version_of(command):
    text = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT).stdout.decode().strip()
    return text.splitlines()[0] if text else command[0]
