import re

import nh3

PLAIN_NAME = re.compile(r"[\w .'-]{1,120}\Z")


def clean(body: str) -> str:
    """Takes all markup out; the template escapes what is left."""
    return nh3.clean(body, tags=set())


def is_plain_name(name: str) -> bool:
    return PLAIN_NAME.match(name) is not None
