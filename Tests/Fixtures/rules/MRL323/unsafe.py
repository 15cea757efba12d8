"""Patterns with several ways over one text."""
import re
import re as regular
from re import compile as make_pattern

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, constr

NAME = re.compile(r"^(\w+\s?)+$")  # expect: MRL323
PART = r"[a-z]+"
REPEATED = f"^({PART})*$"

by_constant = regular.compile(REPEATED)  # expect: MRL323
imported = make_pattern("(a|aa)+$")  # expect: MRL323
raw_bytes = re.compile(rb"(\d+,?)+;")  # expect: MRL323
joined = re.compile(  # a pattern in parts
    r"^(?:https?://)?"  # expect: MRL323
    r"([\w-]+\.?)+/$"
)
ignoring_case = re.compile("(?:A|.)*!", flags=re.I | re.DOTALL)  # expect: MRL323
commented = re.compile(
    r"""  # expect: MRL323
    ^ ( \w+ \s? )+  # words
    ; $
    """,
    re.VERBOSE,
)
counted = re.compile(r"^(?:[a-z]{1,50}-?){1,50}$")  # expect: MRL323
three_loops = re.compile(r"(?i)SELECT\s+[\w\s,\*]+\s+FROM")  # expect: MRL323

# Without an end in the pattern, what counts is how it is applied.
WHOLE = re.compile(r"([-.\w]*[0-9a-z])*")  # expect: MRL323


def is_name(text: str) -> bool:
    return NAME.match(text) is not None


def is_whole(text: str) -> bool:
    return WHOLE.fullmatch(text) is not None


def comments(text: str) -> list[str]:
    return re.findall(r"<!--(?:.|\s)*-->", text)  # expect: MRL323


def without_end(text: str) -> str:
    return re.sub(r"\s*,?\s*$", "", text)  # expect: MRL323


class Filters:
    patterns: list[str] = [
        r"javascript:\s*",
        r"(x+x+)+y",  # expect: MRL323
        r"SELECT\s+[\w\s,\*]+\s+FROM\s+[\w\s\._]+",  # expect: MRL323
    ]
    named = {"one": r"a+b", "two": r"(a*)*b"}  # expect: MRL323
    labelled = [(r"^(b+)+$", "b"), (r"^c+$", "c")]  # expect: MRL323

    def __init__(self) -> None:
        self.compiled = [re.compile(pattern, re.MULTILINE) for pattern in self.patterns]
        self.labels = {}
        for pattern, label in self.labelled:
            self.labels[label] = re.compile(pattern)

    @classmethod
    def by_name(cls) -> dict[str, re.Pattern[str]]:
        return {name: re.compile(pattern) for name, pattern in cls.named.items()}


class Old(BaseModel):
    name: str = Field(regex=r"^(\w+\s?)+$")  # expect: MRL323
    code: constr(regex=r"^(\d+-?)*$")  # expect: MRL323


class WithPythonEngine(BaseModel):
    model_config = ConfigDict(regex_engine="python-re")
    name: str = Field(pattern=r"^(\w+\s?)+$")  # expect: MRL323
    code: str = StringConstraints(pattern=r"^(\d+-?)*$")  # expect: MRL323
