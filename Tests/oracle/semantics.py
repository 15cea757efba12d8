#!/usr/bin/env python3
"""Compares what Merlon refuses with what the compilers of all installed CPythons refuse, over generated programs.

    semantics.py --merlon-dev .build/debug/merlon-dev [--python INTERPRETER]...

Some 28,000 small programs combine expressions, statements and scopes: `yield`, `await`, `:=`, comprehensions, stars,
jumps, `global` and `nonlocal`, patterns, type parameters, future imports. Merlon must accept what any CPython (3.8 or
newer) accepts. What all refuse it must refuse, if 3.13 or newer is among them: older ones do not know all the syntax.

Exit status: 0 when all holds, 1 when not.
"""

import argparse
import glob
import itertools
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from rejection import dump  # noqa: E402

EXPRESSIONS = """
(yield)| (yield 1)| (yield from x)| (await x)| (y := 1)| [z async for z in x]| (z async for z in x)| {z: 1 async for z in x}
[await z for z in x]| (await z for z in x)| [z for z in (await x)]| [(yield) for z in x]| [z for z in (yield)]
[(z := 1) for z in x]| [(y := z) for z in x]| [z for z in (y := x)]| [z for z in x if (y := z)]
[[(y := 1) for z in x] for w in v]| [[(w := 1) for z in x] for w in v]| (lambda: (yield))| (lambda: (await x))
(lambda: (y := 1))| [lambda: (y := 1) for z in x]| [lambda: (z := 1) for z in x]| [z for z in (lambda: (y := 1))()]
(lambda q=(yield): q)| (lambda q=(await x): q)| [[z async for z in x] for w in v]| ([z async for z in x] for w in v)
[(z async for z in x) for w in v]| [[z async for z in x] async for w in v]| [w for w in [z async for z in x]]
f"{(yield)}"| f"{await x}"| f"{(y:=1)}"| [z for a in x for z in (await a)]| (z for a in x for z in (await a))
(z for a in (await x))| [z for z in x if await z]| (z for z in x if await z)| (lambda: [await z for z in x])
(lambda: (z async for z in x))| (lambda: [z async for z in x])| [(yield from z) for z in x]| ((yield) for z in x)
{(yield): 1 for z in x}| *x| (*x,)| f(*x)| {*x}| a[*x]| a[(y:=1)]| f(y:=1)| f(a=1, a=2)| f(**a, b=1, b=2)
(lambda a, a: 1)| (lambda a, *a: 1)
"""
STATEMENTS = [
    "{e}", "r = {e}", "return {e}", "assert {e}", "for i in {e}: pass", "while {e}: break", "with {e} as q: pass",
    "if {e}: pass", "def g(a={e}): pass", "def g(a: {e}): pass", "def g() -> {e}: pass", "@{e}\ndef g(): pass",
    "class C({e}): pass", "class C(k={e}): pass", "r: {e}", "r: int = {e}", "del a[{e}]", "r += {e}",
    "match {e}:\n  case 1: pass", "match x:\n  case 1 if {e}: pass", "raise {e}", "try: pass\nexcept {e}: pass",
    "async def g(a={e}): pass", "print({e})", "r = s = {e}", "r = {e}, 1", "lambda: {e}",
]
SCOPES = [
    "{0}", "def f():\n{1}", "async def f():\n{1}", "class K:\n{1}", "def f():\n class K:\n{2}",
    "async def f():\n def h():\n{2}", "async def f():\n class K:\n{2}",
]
JUMPS = [
    "return", "return 1", "break", "continue", "yield", "nonlocal x", "global x", "from a import *",
    "async for i in x: pass", "async with x: pass", "x: int", "x = 1", "del x", "pass",
]
BLOCKS = [
    "{0}", "while 1:\n{1}", "for i in x:\n{1}", "for i in x: pass\nelse:\n{1}", "try:\n{1}\nfinally: pass",
    "try: pass\nfinally:\n{1}", "try: pass\nexcept:\n{1}", "try: pass\nexcept* E:\n{1}", "with x:\n{1}", "if x:\n{1}",
    "match x:\n case 1:\n{2}", "while 1:\n try: pass\n except* E:\n{2}", "try: pass\nexcept* E:\n while 1:\n{2}",
    "while 1:\n class C:\n{2}", "while 1:\n def g():\n{2}", "try: pass\nexcept* E:\n def g():\n{2}",
    "while 1:\n try: pass\n finally:\n{2}",
]
BINDINGS = [
    "x = 1", "x", "global x", "nonlocal x", "x: int", "x: int = 1", "(x): int", "(x): int = 1", "def x(): pass",
    "class x: pass", "import x", "import x.y", "import y as x", "from z import x", "for x in y: pass",
    "with y as x: pass", "del x", "[x for x in y]", "[q for q in x]", "(x := 1)", "[(x := 1) for q in y]", "lambda: x",
    "lambda x: 1", "def g(): x", "def g(x=x): pass", "def g(a: x): pass", "def g(): nonlocal x", "def g(): global x",
    "class g: x", "class g: x = 1", "try: pass\nexcept E as x: pass", "match y:\n case x: pass",
    "match y:\n case [*x]: pass", "match y:\n case {**x}: pass", "x += 1", "class g(x): pass", "@x\ndef g(): pass",
    "type x = int", "def g[x](): pass", "def g[x](): nonlocal x", "global x, y", "nonlocal x, x",
    "def g():\n def h():\n  nonlocal x", "class g:\n def h():\n  nonlocal x", "class g:\n x=1\n def h():\n  nonlocal x",
    'f"{x}"', "x.y = 1", "x[0] = 1", "print(x)",
]
BINDING_SCOPES = [
    "{0}", "def f():\n{1}", "def f(x):\n{1}", "def f(*x):\n{1}", "class K:\n{1}", "def o():\n x = 1\n def f():\n{2}",
    "def o(x):\n def f():\n{2}", "def o(x):\n class K:\n{2}", "def o():\n global x\n def f():\n{2}",
    "def o():\n nonlocal x\n def f():\n{2}", "def o[x]():\n def f():\n{2}", "class o[x]:\n def f():\n{2}",
]
TARGETS = [
    "a", "*a", "(a, *b)", "[*a, *b]", "*a, b", "*a, *b", "a, (*b, *c)", "(a)", "a.b", "a[0]", "*a.b", "*a[0]", "(*a)",
    "(*a,)", "[*a]", "__debug__", "a.__debug__", "*__debug__", "{*a}", "a, b = *c",
]
TARGET_PLACES = [
    "{0} = x", "for {0} in x: pass", "with x as {0}: pass", "[1 for {0} in x]", "del {0}", "{0} += 1", "{0}: int",
    "{0}: int = 1", "({0} := 1)", "x = {0}", "{0}", "y = {0} = 1", "import a as {0}",
]
PATTERNS = """
_; a; a as b; _ as b; 1; 1 | 2; a | b; a | a; 1 | a; a | 1; [a] | [b]; [a] | [a]; [a, a]; [a, *a]; [*_, *_]; [*a, *b]; (a)
A(b=c, b=d); A(b=c, d=c); A(a, b=a); {1: a, 1: b}; {"a": a, "a": b}; {1: a, 2: a}; {**a}; {1: a, **a}; [a | 1]; [1 | a]
(a | 1); ((a) | (b)); A() | a; a | A(); [(a, b), (b, c)]; (a, b) | (b, a); (a as b) | (b as b); [x] as x; [a] as b; A.b
A.b | a; -1; {-1: a, -1: b}; {1+1j: a, 1+1j: b}; {A.b: a, A.b: b}; {None: a, None: b}; {True: a, 1: b}
"""
TYPE_PARAMETERS = [
    "T", "T, T", "T: int", "T: (yield)", "T: (await x)", "T: (y := 1)", "T = int", "T = int, U", "*T", "**T", "*T = *x",
    "T = (yield)", "T, *T", "T: [z for z in x]", "T: [(y := 1) for z in x]", "T: (lambda: (yield))", "__debug__",
    "T: [z async for z in x]",
]
GENERICS = [
    "def f[{0}](): pass", "class A[{0}]: pass", "type X[{0}] = int", "async def f():\n def g[{0}](): pass",
    "async def f():\n type X[{0}] = int", "async def f():\n class A[{0}]: pass",
]
TYPE_PLACES = [
    "type X = {e}", "type X[T] = {e}", "def f[T](a: {e}): pass", "def f[T](a={e}): pass", "def f[T]() -> {e}: pass",
    "class A[T]({e}): pass", "@{e}\ndef f[T](): pass", "class A:\n type X = {e}", "class A:\n def f[T](a: {e}): pass",
    "async def o():\n type X = {e}", "async def o():\n def f[T](a={e}): pass",
    "async def o():\n def f[T](a: {e}): pass", "async def o():\n class A[T]({e}): pass",
    "from __future__ import annotations\nx: {e}", "from __future__ import annotations\nasync def f(a: {e}) -> {e}: pass",
    "from __future__ import annotations\nasync def f():\n x: {e}",
]
FUTURE = [
    "from __future__ import annotations", "from __future__ import division, nested_scopes", "from __future__ import x",
    '"doc"', '"doc" "b"', 'f"doc"', 'b"doc"', "1", "import a", "from __future__ import braces",
    "from .__future__ import x", "from __future__ import *", "def f():\n from __future__ import division", "pass", "# c",
    "from __future__ import (division as d)", "x = 1; from __future__ import division",
    '"a"; from __future__ import division',
]

# Differences that are meant: pattern of the program, whether Merlon accepts it, why.
MEANT = [
    (r"def g\(a: x\)", True, "since 3.14 an annotation is a scope of its own, so that its names are not used outside"),
    (r": f\((a=1, a=2|\*\*a, b=1, b=2)\)", False, "a repeated keyword in an annotation that is never compiled"),
    (r"^\(\(a\) := 1\)$", False, "a target in parentheses, which only 3.8 accepts"),
]


def place(template, body):
    """A template with a body at the depths 0, 1 and 2."""
    def indented(depth):
        return "\n".join(" " * depth + line for line in body.split("\n"))

    return template.replace("{0}", body).replace("{1}", indented(1)).replace("{2}", indented(2))


def programs():
    chosen = random.Random(1)
    expressions = [e.strip() for line in EXPRESSIONS.strip().split("\n") for e in line.split("| ") if e.strip()]
    patterns = [p.strip() for line in PATTERNS.strip().split("\n") for p in line.split("; ")]
    for expression, statement, scope in itertools.product(expressions, STATEMENTS, SCOPES):
        yield place(scope, statement.replace("{e}", expression))
    for jump, block, scope in itertools.product(JUMPS, BLOCKS, SCOPES):
        yield place(scope, place(block, jump))
    for pair, scope in itertools.product(itertools.product(BINDINGS, repeat=2), BINDING_SCOPES):
        if any("global" in part or "nonlocal" in part for part in pair):
            yield place(scope, "\n".join(pair))
    for _ in range(6000):
        yield place(chosen.choice(BINDING_SCOPES), "\n".join(chosen.sample(BINDINGS, 3)))
    for target, form in itertools.product(TARGETS, TARGET_PLACES):
        yield place(form, target)
    for pattern, guard in itertools.product(patterns, ("", " if z")):
        for rest in ("", " case 2: pass\n", " case _: pass\n"):
            yield "match x:\n case %s%s: pass\n%s" % (pattern, guard, rest)
    for parameters, form in itertools.product(TYPE_PARAMETERS, GENERICS):
        yield place(form, parameters)
    for expression, form in itertools.product(expressions, TYPE_PLACES):
        yield form.replace("{e}", expression)
    for pair in itertools.product(FUTURE, repeat=2):
        yield "\n".join(pair)
    for _ in range(400):
        yield "\n".join(chosen.choice(FUTURE) for _ in range(3))


JUDGE = """
import json, sys, warnings
warnings.simplefilter("ignore")
verdicts = []
for source in json.load(open(sys.argv[1])):
    try:
        compile(source, "program", "exec", dont_inherit=True)
        verdicts.append(True)
    except (SyntaxError, ValueError):
        verdicts.append(False)
json.dump([list(sys.version_info[:2]), verdicts], sys.stdout)
"""


def interpreters(given):
    """The CPythons to ask: those given, the running one, and what lies around."""
    found = list(given) + [sys.executable]
    for minor in range(8, 15):
        found.append(shutil.which("python3.%d" % minor))
    found += sorted(glob.glob(os.path.expanduser("~/.pyenv/versions/3.*/bin/python3")))
    return list(dict.fromkeys(os.path.realpath(path) for path in found if path))


def verdicts_of(interpreter, listing):
    result = subprocess.run([interpreter, "-c", JUDGE, listing], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return json.loads(result.stdout) if result.returncode == 0 else None


def is_meant(source, accepts):
    return any(accepts == verdict and re.search(pattern, source) for pattern, verdict, _ in MEANT)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--merlon-dev", required=True, help="the built merlon-dev")
    parser.add_argument("--python", action="append", default=[], help="a further CPython to ask")
    parser.add_argument("--show", type=int, default=20, help="how many differences to print")
    options = parser.parse_args()
    sources = list(dict.fromkeys(source.rstrip("\n") + "\n" for source in programs()))
    with tempfile.TemporaryDirectory() as folder:
        listing = os.path.join(folder, "programs.json")
        with open(listing, "w", encoding="utf-8") as file:
            json.dump(sources, file)
        judged = {}
        for interpreter in interpreters(options.python):
            answer = verdicts_of(interpreter, listing)
            if answer is not None and answer[0] >= [3, 8]:
                judged.setdefault(tuple(answer[0]), answer[1])
        answers = dump(options.merlon_dev, folder, [source.encode() for source in sources])
    knows_all = max(judged) >= (3, 13)
    differences, meant = [], 0
    for number, (source, answer) in enumerate(zip(sources, answers)):
        accepts = "error" not in answer
        valid = any(verdicts[number] for verdicts in judged.values())
        if accepts == valid or not (valid or knows_all):
            continue
        if is_meant(source.strip(), accepts):
            meant += 1
        else:
            differences.append("%s, CPython %s: %r" % (
                "accepted" if accepts else "rejected (%s)" % answer["error"]["message"],
                "accepts" if valid else "rejects", source))
    for text in differences[: options.show]:
        print(text)
    versions = ", ".join("%d.%d" % version for version in sorted(judged))
    print("semantics: %d programs, %d differences from CPython %s, %d meant ones" % (
        len(sources), len(differences), versions, meant))
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
