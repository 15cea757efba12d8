"""Sanitisers that are kept, and other bleaches."""
import nh3
from bleachers import seats
from markupsafe import escape


def clean_review(text: str) -> str:
    return nh3.clean(text, tags={"p", "em"})


def plain(text: str) -> str:
    return str(escape(text))


def bleach(colour: str) -> str:
    return f"light {colour}" if seats else colour
