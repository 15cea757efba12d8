import re

import bleach


def clean(body: str) -> str:
    return bleach.clean(body, tags=["b", "i", "a", "p"], attributes={"a": ["href"]})


def is_plain_name(name: str) -> bool:
    return re.match(r"^(\w+\s?)+$", name) is not None
