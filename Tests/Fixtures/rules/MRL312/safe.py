"""Parsers that resolve nothing, and files of our own."""
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Annotated
from xml.sax.saxutils import escape

import defusedxml.ElementTree
from defusedxml.ElementTree import fromstring
from fastapi import Body, FastAPI
from lxml import etree

app = FastAPI()
Document = Annotated[str, Body(media_type="application/xml", max_length=100_000)]
TEMPLATE = ET.parse(Path(__file__).with_name("template.xml"))
parser = etree.XMLParser(resolve_entities=False, no_network=True)


@app.post("/feeds")
def feed(document: Document) -> dict[str, int]:
    return {"items": len(defusedxml.ElementTree.fromstring(document)), "again": len(fromstring(document))}


@app.post("/orders")
def order(document: Document) -> dict[str, int]:
    return {"items": len(etree.fromstring(document.encode(), parser))}


@app.get("/sitemap.xml")
def sitemap() -> str:
    root = ET.fromstring("<urlset/>")
    ET.SubElement(root, "url").text = escape("https://shop.example.com/?a=1&b=2")
    return ET.tostring(root, encoding="unicode")
