"""Holds what Merlon says of regular expressions against CPython's `re`, by the time that matching takes.

    python3 Tests/oracle/redos.py .build/debug/merlon-dev [--patterns FILE]

Every line of Tests/Fixtures/patterns/judged.txt is a verdict, a use, flags and a pattern as JSON. The verdict has to be
Merlon's; the text that it gives for an exponential pattern must keep CPython busy past the limit at some count of turns
up to 40, that of a polynomial one at 3,000 turns at most (a square would take tenths of a second); and patterns called
harmless must be quick on every text of a list that is hard for others. Ends with 1 if anything differs. With
`--patterns`, lines of another file are judged and proven, without their first word.
"""

import argparse
import json
import pathlib
import re
import subprocess
import sys

FIXTURE = pathlib.Path(__file__).parent.parent / "Fixtures" / "patterns" / "judged.txt"
LIMIT = 2.0
CHILD = """
import json, re, sys
use, flags, pattern, texts = json.load(sys.stdin)
compiled = re.compile(pattern, flags)
for text in texts:
    {"match": compiled.match, "fullMatch": compiled.fullmatch, "search": compiled.search}[use](text)
"""
FLAGS = {"i": re.I, "m": re.M, "s": re.S, "x": re.X, "a": re.A}
HARD = ["a", "ab", " ", "\t ", "0", "a0", "_", "<", "\"", "\\\\", ".", "a.", "-", "a-", "\n", "a\n", "aA", "é", ":0"]


def is_slow(use, flags, pattern, *texts):
    """True when CPython has not ended with all texts after the limit; None when it refuses the pattern."""
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        _, errors = process.communicate(json.dumps([use, flags, pattern, texts]).encode(), timeout=LIMIT)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        return True
    if process.returncode and b"error" in errors:
        return None
    return False


def attack(verdict, count):
    return "".join(lead + pump * count for lead, pump in verdict["segments"]) + verdict["suffix"]


def is_proven(use, flags, pattern, verdict):
    counts = (20, 25, 30, 40) if verdict["verdict"] == "exponential" else (500, 1500, 3000)
    return any(is_slow(use, flags, pattern, attack(verdict, count)) for count in counts)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--patterns", type=pathlib.Path)
    options = parser.parse_args()
    lines = (options.patterns or FIXTURE).read_text().splitlines()
    cases = [line.split(" ", 3) if not options.patterns else ["", *line.split(" ", 2)] for line in lines]
    source = "".join(f"{use} {flags} {pattern}\n" for _, use, flags, pattern in cases)
    output = subprocess.run(
        [options.program, "dump", "patterns", "/dev/stdin"], input=source.encode(), capture_output=True, check=True
    ).stdout
    verdicts = [json.loads(line) for line in output.decode().splitlines()]
    assert len(verdicts) == len(cases), (len(verdicts), len(cases))
    failures = proven = 0

    def fail(message):
        nonlocal failures
        failures += 1
        print(message)

    for (expected, use, letters, text), verdict in zip(cases, verdicts):
        pattern = json.loads(text)
        flags = int(sum(FLAGS.get(letter, 0) for letter in letters))
        kind = verdict["verdict"]
        if expected and kind != expected:
            fail(f"{use} {pattern!r}: expected {expected}, is {kind}")
        if kind in ("exponential", "polynomial"):
            if is_proven(use, flags, pattern, verdict):
                proven += 1
                if not expected:
                    print(f"proven: {kind} {verdict['degree']} {use} {pattern!r} {verdict['part']!r}")
            else:
                fail(f"{use} {pattern!r}: {kind}, but CPython is quick on {attack(verdict, 3)!r}")
        elif kind == "harmless" and expected:
            texts = [unit * 40 + end for unit in HARD for end in ("", "!", "\n\n")]
            if is_slow(use, flags, pattern, *texts):
                fail(f"{use} {pattern!r}: harmless, but CPython is slow on one of the hard texts")
    print(f"{len(cases)} patterns, {proven} proven slow by CPython, {failures} differences")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
