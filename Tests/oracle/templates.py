"""Compares Merlon's reader of templates with Jinja2, under the environment that Starlette makes.

    python3 Tests/oracle/templates.py --merlon-dev .build/debug/merlon-dev [--random N] [--write]

Every template of Tests/Fixtures/templates, and N that are put together at random with a fixed seed, are rendered with
values that name themselves and hold `<`, `>` and both quotes, several times, so that every branch is taken. Which
variables come out, and as what (raw, with HTML escapes, as JSON, percent-encoded), must be what `merlon-dev dump
templates` says; where in the page they stand must agree with Python's own html.parser. Ends with 1 if anything differs.
--write keeps what Jinja2 answers in Tests/Fixtures/templates/expected.tsv, which the tests of MerlonTemplates read.
"""

import argparse
import html.parser
import pathlib
import random
import re
import subprocess
import sys
import tempfile

import jinja2
import starlette.templating

FIXTURES = pathlib.Path(__file__).resolve().parent.parent / "Fixtures/templates"
PATTERNS = {
    "raw": r"<q(\d+)x\"'>",
    "html": r"&(?:amp;)*lt;q(\d+)x&(?:amp;)*#34;&(?:amp;)*#39;&(?:amp;)*gt;",
    "json": r"(?:\\u003cq(?=\d+x\\\"\\u0027)|\\u0026(?:amp;)*lt;q)(\d+)x",
    "html+json": r"\\u003cq(\d+)x\\&(?:amp;)*#34;\\u0027\\u003e",
    "percent": r"(?:%3C|%5Cu003c|%26(?:amp%3B)*lt%3B)q(\d+)x",
}


class Names:
    """The paths of the values that a rendering asked for, by number."""

    def __init__(self, coin, marked):
        self.paths, self.coin, self.marked = [], coin, marked

    def probe(self, path):
        if path not in self.paths:
            self.paths.append(path)
        number = f"q{self.paths.index(path)}x"
        value = Probe(f"<{number}\"'>" if self.marked else number)
        value.path, value.names = path, self
        return value


class Probe(str):
    def __getattr__(self, name):
        if name.startswith("__") or name in {"path", "names"}:
            raise AttributeError(name)
        return self.names.probe(f"{self.path}.{name}")

    def __getitem__(self, key):
        return str(self)[key] if isinstance(key, slice) else self.names.probe(f"{self.path}.{key}")

    def __iter__(self):
        return iter([self.names.probe(f"{self.path}.[]")] * 2 if self.names.coin() else [])

    def __bool__(self):
        return self.names.coin()

    def __hash__(self):
        return str.__hash__(self)

    def get(self, key):
        return self[key]

    def items(self):
        return [(self.names.probe(f"{self.path}.[]"), self.names.probe(f"{self.path}.[]"))]


class Context(dict):
    """Has every variable, or some of them."""

    def __init__(self, names, known, lacks):
        super().__init__((name, names.probe(name)) for name in known if not lacks or names.coin())


class Places(html.parser.HTMLParser):
    """Where in a page the numbers of the values stand."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found = set()

    def note(self, text, place):
        for number in re.findall(r"(?i)q(\d+)x", text or ""):
            self.found.add((int(number), place))

    def handle_starttag(self, tag, attrs):
        self.note(tag, "tag")
        for name, value in attrs:
            self.note(name, "tag")
            self.note(value, "attribute")

    def handle_data(self, data):
        self.note(data, {"script": "script", "style": "style"}.get(self.cdata_elem, "text"))

    def handle_comment(self, data):
        self.note(data, "text")


def coins():
    yield lambda: True
    yield lambda: False
    for seed in range(15):
        generator = random.Random(seed)
        yield lambda generator=generator: generator.random() < 0.5


def variables(root):
    return sorted({name for file in root.rglob("*") if file.is_file()
            for name in re.findall(r"[a-z_][a-z_0-9]*", file.read_text())} - {"range", "loop", "namespace", "caller"})


def rendered(environment, name, known):
    """(path, escape) and (path, place) of all that comes out; None for what Jinja2 refuses."""
    escapes, places = set(), set()
    for round, coin in enumerate(coins()):
        for marked in (True, False):
            names = Names(coin, marked)
            try:
                page = environment.get_template(name).render(Context(names, known, lacks=round > 4))
            except Exception:  # whatever Jinja2 and its filters raise
                if round > 4:
                    continue
                return None
            if marked:
                for escape, pattern in PATTERNS.items():
                    escapes |= {(names.paths[int(n)], escape) for n in re.findall("(?i)" + pattern, page)}
            elif round <= 4:
                parser = Places()
                parser.feed(page)
                parser.close()
                places |= {(names.paths[number], place) for number, place in parser.found}
    return shortened(escapes), shortened(places)


def shortened(pairs):
    """A string is a list of its characters: whether a loop was in between is not compared."""
    return {(path.replace(".[]", ""), what) for path, what in pairs}


def read(merlon_dev, root, names):
    output = subprocess.run([merlon_dev, "dump", "templates", "--root", str(root), *names], capture_output=True,
                            text=True, check=True).stdout
    answers = {name: (set(), set()) for name in names}
    for line in output.splitlines():
        name, path, escape, context, _ = line.split("\t")
        place = context.split()[0]
        answers[name][0].add((path, escape))
        answers[name][1].add((path, "script" if place == "data" else place))
    return {name: (shortened(escapes), shortened(places)) for name, (escapes, places) in answers.items()}


FILTERS = ["safe", "e", "escape", "forceescape", "upper", "lower", "trim", "string", "tojson", "urlencode",
           "title", "capitalize", "indent", "truncate(5000)", "wordwrap(400)", "center(2)", "default('x')", "default(b)",
           "urlize", "length", "default(b|safe)"]
FORMS = ["{v}", "{v} ~ b", "b ~ {v}", "({v} ~ b)|safe", "{v} if c else b", "{v} or b", "'i'|safe ~ {v}",
         "'%s' % {v}", "('%s'|safe) % {v}", "[{v}, b]|join", "{v} + b", "d.note", "as|join(b)",
         "as|map('safe')|join", "as|list|join|safe", "as|map(attribute='note')|join", "(as|first)|safe", "as|join(b|safe)",
         "'i'|safe + {v}", "{v}.strip()"]
PLACES = ["<p>%s</p>", "<p title=\"%s\">", "<p title='%s'>", "<p title=%s >", "<script>var a = %s;</script>",
          "<style>%s</style>", "<title>%s</title>", "<!-- %s -->", "<a href=\"%s\">", "<b %s>", "<textarea>%s</textarea>"]
FRAMES = ["%s", "{%% autoescape false %%}%s{%% endautoescape %%}", "{%% set s %%}%s{%% endset %%}{{ s }}",
          "{%% filter upper %%}%s{%% endfilter %%}", "{%% for a in as %%}%s{%% endfor %%}",
          "{%% macro m(a, b) %%}%s{%% endmacro %%}{{ m(x, y|safe) }}", "{%% with a = z|safe %%}%s{%% endwith %%}",
          "{%% if c %%}%s{%% else %%}{{ d }}{%% endif %%}", "{%% block t %%}%s{%% endblock %%}",
          "{%% macro m() %%}{{ caller() }}{%% endmacro %%}{%% call m() %%}%s{%% endcall %%}"]


def random_template(generator):
    result = ""
    for _ in range(generator.randint(1, 3)):
        value = "|".join(["a"] + generator.sample(FILTERS, generator.choice([0, 1, 1, 2, 3])))
        expression = generator.choice(FORMS).format(v=f"({value})")
        result += generator.choice(FRAMES) % (generator.choice(PLACES) % ("{{ " + expression + " }}")) + "\n"
    return result


def compare(name, text, real, own):
    """Ours may name more, where a rendering never goes, only in places; escapes must be the same."""
    wrong = []
    if re.search(r"(escape|\be|urlize)[|\w()]*\|tojson", text):
        # The entities inside of JSON do not show whether those around it are another's.
        real, own = (({(path, escape.replace("html+", "")) for path, escape in side[0]}, side[1]) for side in (real, own))
    # What a default or an alternative holds need not come out in any of the renderings.
    may_hold_more = any(word in text for word in ["default(", " or ", " if "])
    if real[0] - own[0] or (own[0] - real[0] and not may_hold_more):
        wrong.append(f"escapes: jinja2 alone {sorted(real[0] - own[0])}, merlon alone {sorted(own[0] - real[0])}")
    # Without quotes of HTML a value that holds spaces is several attributes; the probes of places hold none.
    # The quotes of JSON end an attribute in double quotes, and what stands behind is anything then.
    has_quotes = "tojson" in text and any(place == "attribute" for _, place in own[1])
    missing = set() if has_quotes else real[1] - own[1]
    if missing:
        wrong.append(f"places: html.parser alone {sorted(missing)}, merlon alone {sorted(own[1] - real[1])}")
    for line in wrong:
        print(f"{name}: {line}\n{text}")
    return bool(wrong)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--merlon-dev", default=".build/debug/merlon-dev")
    options.add_argument("--random", type=int, default=500)
    options.add_argument("--write", action="store_true")
    options = options.parse_args()

    environment = starlette.templating.Jinja2Templates(directory=FIXTURES).env
    names = sorted(str(path.relative_to(FIXTURES)) for path in FIXTURES.rglob("*")
                   if path.is_file() and path.suffix != ".tsv" and path.parent == FIXTURES)
    known = variables(FIXTURES)
    own = read(options.merlon_dev, FIXTURES, names)
    differences, count, lines = 0, 0, []
    for name in names:
        real = rendered(environment, name, known)
        if real is None:
            sys.exit(f"{name}: Jinja2 refuses it")
        count += len(real[0])
        lines += [f"{name}\t{path}\t{escape}\n" for path, escape in sorted(real[0])]
        differences += compare(name, (FIXTURES / name).read_text(), real, own[name])
    if options.write:
        (FIXTURES / "expected.tsv").write_text("".join(lines))

    generator = random.Random(20)
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        texts = {f"{number}.{generator.choice(['html', 'html', 'html', 'txt'])}": random_template(generator)
                 for number in range(options.random)}
        for name, text in texts.items():
            (root / name).write_text(text)
        environment = starlette.templating.Jinja2Templates(directory=root).env
        own = read(options.merlon_dev, root, list(texts))
        compared = 0
        for name, text in texts.items():
            real = rendered(environment, name, list("abcdxyz") + ["as"])
            if real is None:
                continue
            compared += 1
            count += len(real[0])
            differences += compare(name, text, real, own[name])
    print(f"templates: {len(names)} of the fixtures and {compared} random ones compared, {count} outputs, "
          f"{differences} templates differ")
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main()
