"""Patterns that look dangerous and are not."""
import re

from fastapi import Query
from pydantic import BaseModel, Field, StringConstraints

# What divides the turns is nothing that a turn can take.
words = re.compile(r"^\w+(?:\s\w+)*$")
addresses = re.compile(r"^(?:\d{1,3}\.){3}\d{1,3}$")
quoted = re.compile(r'^"(?:\\.|[^"\\])*"$')
slugs = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")

# Nothing behind the loop can fail.
anything = re.compile(r"(.*)*")
hosts = re.compile(r"//[0-9a-z]([-.\w]*[0-9a-z])*(:(0-9)*)*/?")

# What was taken is not given up.
atomic = re.compile(r"^(?>\w+\s?)+$")
possessive = re.compile(r"^(?:\w+\s?)++$")

# CPython makes one set of alternatives that are single characters.
letters = re.compile(r"^(?:\d|\w)*$")

# Two loops that share a text: time grows with the square.
trailing = re.compile(r"\s+$")
pairs = re.compile(r"^\w+\d+$")
bounded = re.compile(r"SELECT\s{1,10}[\w\s]{1,10}\s{1,10}FROM")
copies = re.compile(r"(a)\1*b")

# No patterns, or none that is known.
broken = "(a+)+$"


def compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def escaped(text: str) -> bool:
    return re.search(re.escape("(a+)+$"), text) is not None


def refused(text: str) -> bool:
    return re.match("(a+)+$(", text) is not None


def search(name: str = Query(pattern=r"^(\w+\s?)+$")) -> str:
    return name


class New(BaseModel):
    """Pydantic 2 matches with an engine that does not go back."""

    name: str = Field(pattern=r"^(\w+\s?)+$")
    code: str = StringConstraints(pattern=r"^(\d+-?)*$")
