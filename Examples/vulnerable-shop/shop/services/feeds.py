"""Product feeds that suppliers send."""

import yaml
from lxml import etree


def parse_xml(document: bytes) -> list[dict]:
    parser = etree.XMLParser(resolve_entities=True, load_dtd=True, no_network=False)
    root = etree.fromstring(document, parser)
    return [
        {
            "name": node.findtext("name", ""),
            "description": node.findtext("description", ""),
            "price": float(node.findtext("price", "0")),
        }
        for node in root.iter("item")
    ]


def parse_yaml(document: bytes) -> list[dict]:
    feed = yaml.load(document, Loader=yaml.UnsafeLoader)
    return feed["items"]
