"""Compares Merlon's TOML reader with CPython's tomllib (3.11 or newer), document by document.

    python3 Tests/oracle/toml_oracle.py .build/debug/merlon-dev [--mutations N]

The documents: those of CPython's own test_tomllib where it is installed, every pyproject.toml under the folders of
the running Python, a list of hard ones below, and mutations of all of them with a fixed seed. A difference is a
document that only one of the two accepts, or two different values. Ends with 1 if there is any.
"""

import argparse
import json
import math
import pathlib
import random
import subprocess
import sys
import sysconfig
import tempfile
import tomllib

HARD = [
    "", "\n", "#", "# \t comment", "a=1", "a = 1\r\nb = 2\r\n", "a\r=1", "a=1\rb=2", '"" = 1', "'' = 1", "= 1",
    "a.b.c = 1\na.b.d = 2", "a.b = 1\na.b.c = 2", "[a]\n[a]", "[a.b]\n[a]", "[a]\nb.c=1\n[a.b]", "a.b=1\n[a]",
    "[a]\nb.c=1\n[a.b.d]\ne=1", "[a.b.c]\nz=9\n[a]\nb.c.t=1", "[a.b.c]\n[a]\nb.d=1", "[[a]]\n[[a]]\n[a.b]\nc=1",
    "[[a]]\n[a]", "[a]\n[[a]]", "a=[]\n[[a]]", "[[a.b]]\n[a]\nb.y=2", "[a]\nb=1\n[a.b]", "a={b=1}\n[a.c]",
    "a={b=1}\na.c=2", "a={b.c=1,b.d=2}", "a={b={},b.c=1}", "a={b=1,}", "a={\nb=1}", "a={b=1 # no\n}", "a={}",
    "a=[1,2,]", "a=[,]", "a=[1,,2]", "a=[ # x\n1 # y\n, # z\n]", "a=[1 2]", "a=[[[[]]]]", "a=[1", "a={b=1",
    'a="x', "a='x", 'a="""x', "a='''x", 'a="\\u00e9\\U0001F600"', 'a="\\uD800"', 'a="\\x41"', 'a="\\', 'a="\\e"',
    'a="""\nx"""', 'a="""\r\nx\r\ny"""', 'a="""x\\\n   y"""', 'a="""x\\  \n\n  y"""', 'a="""x\\  y"""',
    'a=""""x""""', 'a="""""x"""""', 'a="""x""""""', "a=''''x''''", "a='''x''''''", 'a="""\\"""', "a='''\\'''",
    "a=0", "a=+0", "a=-0", "a=00", "a=01", "a=+01", "a=1_000", "a=1__0", "a=_1", "a=1_", "a=0x", "a=0xDEAD_beef",
    "a=0x_1", "a=+0x1", "a=0o17", "a=0o8", "a=0b101", "a=0b2", "a=0XFF", "a=1.0", "a=1.", "a=.1", "a=1.e5", "a=1e5",
    "a=1E+5", "a=1e-5", "a=1_0.0_1e1_0", "a=1._0", "a=1e_5", "a=1e", "a=inf", "a=-inf", "a=+nan", "a=Inf", "a=nan",
    "a=3.14\nb=-0.0", "a=03.14", "a=true", "a=True", "a=tru", "a=false x", "a=9223372036854775807",
    "a=-9223372036854775808", "a=1979-05-27T07:32:00Z", "a=1979-05-27 07:32:00.999-07:00", "a=1979-05-27t07:32:00z",
    "a=1979-05-27", "a=07:32:00", "a=07:32:00.5", "a=07:32", "a=1979-02-29", "a=2000-02-29", "a=1979-13-01",
    "a=1979-05-27T24:00:00", "a=1979-05-27T07:60:00", "a=1979-05-27T07:32:60", "a=1979-05-27 ", "a=1979-05-27 #x",
    "a=1979-05-27T", "a=1979-05-27T07:32", "a=0000-01-01", "a=1979-5-27", "a=07:32:00Z", "a=1979-05-27T07:32:00+25:00",
    "a=1979-05-27T07:32:00.", "a=1979-05-27T07:32:00+0700", "a b=1", "a=1 b=2", "a", "a=", "a= #", "[a", "[a]]", "[[a]",
    "[]", "[a.]", "[.a]", "[ a . b ]", "[ a . 'b.c' ]\nd=1", "[a] b=1", "[a] # c", "a.'b.c'.\"d\" = 1", "a..b=1",
    "3.14=1", "-=1", "é=1", "'é'=1", "a='\x00'", "a='\x7f'", "#\x00", "#\x7f", "a='\t'", 'a="\x01"', "a=1\n\x0c",
    "a=\"\n\"", "a='\n'", "[[a]]\nb.c=1\n[[a]]\nb.c=2", "[[a]]\n[[a.b]]\n[[a]]\n[[a.b]]", "[a]\n[b]\n[a.c]",
    "a.b.c=1\n[a.b.d]", "a=[{b=1},{b=2}]\n[a.c]", "a=[{b=1}]\n[[a]]", "\t a \t = \t 1 \t # c", "\ufeffa=1",
    "[x]\na.b=1\n[x.a.c]\nd=1\n[x.a]", "[a.b]\nc=1\n[a]\nb.d=2", "[[a]]\nb=1\n[[a.c]]\n[a.c.d]\ne=1\n[[a.c]]\n[a.c.d]",
    "a={b=[{c={d=1}}]}", "a = { b = 1 }", "a={b=1 c=2}", "a={,}", "a=\"\"\"\"\"\"", "a=''''''", "a='''\n'''",
]  # fmt: skip


def documents():
    found = [text.encode("utf-8", "surrogateescape") for text in HARD]
    library = pathlib.Path(sysconfig.get_path("stdlib"))
    folders = [library / "test" / "test_tomllib" / "data", pathlib.Path(sysconfig.get_path("purelib"))]
    for folder in folders:
        found += [path.read_bytes() for path in sorted(folder.rglob("*.toml"))]
    return found


def mutated(source, random_source):
    data = bytearray(source)
    for _ in range(random_source.randint(1, 3)):
        place = random_source.randrange(len(data) + 1)
        action = random_source.randrange(4)
        if action == 0:
            del data[place : place + random_source.randint(1, 4)]
        elif action == 1:
            data[place:place] = random_source.choice(b"[]{}=.,\"'\\#\n\r\t _-+0123ebxozT:aZ\x00\xc3").to_bytes(1, "little")
        elif action == 2:
            end = place + random_source.randint(1, 20)
            data[place:place] = data[place:end]
        elif data:
            other = random_source.randrange(len(data))
            data[place:place] = data[other : other + random_source.randint(1, 12)]
    return bytes(data)


def plain(value):
    """The value that a tagged JSON value of `merlon-dev dump toml` stands for."""
    if isinstance(value, list):
        return [plain(item) for item in value]
    if set(value) == {"type", "value"} and isinstance(value["value"], str):
        text = value["value"]
        match value["type"]:
            case "string":
                return text
            case "integer":
                return int(text)
            case "float":
                return float(text)
            case "bool":
                return text == "true"
            case "date":
                return tomllib.loads("x = " + text)["x"]
    return {key: plain(item) for key, item in value.items()}


def same(left, right):
    if type(left) is not type(right):
        return False
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list):
        return len(left) == len(right) and all(map(same, left, right))
    if isinstance(left, float) and math.isnan(left):
        return math.isnan(right)
    return left == right


def expectation(data):
    """What tomllib says; None where it rejects."""
    try:
        return tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, ValueError, RecursionError):
        return None


def is_tolerated(data, expected, error):
    """Where Merlon differs on purpose."""
    if data.startswith(b"\xef\xbb\xbf"):
        return True  # a byte order mark is skipped
    if error is not None and expected is not None:
        # The standard asks for 64-bit integers, and Merlon bounds the nesting; Python does neither.
        return "64 bits" in error["message"] or "nested deeper" in error["message"]
    return False


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--mutations", type=int, default=40, help="mutations of each document")
    options = parser.parse_args()
    random_source = random.Random(20)
    sources = documents()
    cases = list(sources)
    for source in sources:
        if len(source) < 20_000:
            cases += [mutated(source, random_source) for _ in range(options.mutations)]
    differences = accepted = 0
    with tempfile.TemporaryDirectory() as folder:
        for first in range(0, len(cases), 500):
            part = cases[first : first + 500]
            names = []
            for number, data in enumerate(part):
                name = pathlib.Path(folder) / f"{number}.toml"
                name.write_bytes(data)
                names.append(str(name))
            output = subprocess.run([options.program, "dump", "toml", *names], capture_output=True, check=True).stdout
            lines = output.decode().split("\n")[:-1]
            assert len(lines) == len(part), (len(lines), len(part))
            for data, line in zip(part, lines):
                answer = json.loads(line)
                expected = expectation(data)
                error = answer.get("error")
                accepted += expected is not None
                if error is None and expected is not None and same(plain(answer["toml"]), expected):
                    continue
                if error is not None and expected is None:
                    continue
                if is_tolerated(data, expected, error):
                    continue
                differences += 1
                if differences <= 20:
                    print(f"difference on {data!r}\n  tomllib: {expected}\n  merlon: {answer}")
    print(f"{len(cases)} documents, {accepted} of them valid, {differences} differences")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
