"""Safe loaders, and other things named load."""
import json

import yaml
from ruamel.yaml import YAML
from yaml import CSafeLoader, SafeLoader, safe_load

BEST_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class ProjectLoader(SafeLoader):
    """Adds tags of our own to the safe ones."""


def simple(text: str):
    return yaml.safe_load(text), safe_load(text), list(yaml.safe_load_all(text))


def by_keyword(text: str):
    return yaml.load(text, Loader=SafeLoader)


def positional(text: str):
    return yaml.load(text, yaml.CSafeLoader)


def imported(text: str):
    return yaml.load(text, Loader=CSafeLoader)


def own(text: str):
    return yaml.load(text, Loader=ProjectLoader)


def chosen(text: str):
    return yaml.load(text, Loader=BEST_LOADER)


def other_library(text: str):
    return YAML(typ="safe").load(text), json.loads(text)
