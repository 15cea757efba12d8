"""Product feeds that suppliers send."""

import yaml
from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from pydantic import ValidationError

from shop.schemas import ItemFeed, ItemIn


class FeedError(Exception):
    """The feed can't be read."""


def parse_xml(document: bytes) -> list[ItemIn]:
    try:
        root = ElementTree.fromstring(document, forbid_dtd=True)
        entries = [
            {
                "name": node.findtext("name", ""),
                "description": node.findtext("description", ""),
                "price": node.findtext("price", "0"),
            }
            for node in root.iter("item")
        ]
        return ItemFeed.model_validate({"items": entries}).items
    except (ElementTree.ParseError, DefusedXmlException, ValidationError) as error:
        raise FeedError from error


def parse_yaml(document: bytes) -> list[ItemIn]:
    try:
        return ItemFeed.model_validate(yaml.safe_load(document)).items
    except (yaml.YAMLError, ValidationError, RecursionError) as error:
        raise FeedError from error
