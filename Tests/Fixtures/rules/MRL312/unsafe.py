"""XML that reads files and fills memory."""
import xml.etree.ElementTree as ET
from typing import Annotated
from xml.dom import minidom
from xml.etree.ElementTree import fromstring

from fastapi import Body, FastAPI, Request, UploadFile
from lxml import etree
from lxml.etree import XMLParser

app = FastAPI()
parser = XMLParser(resolve_entities=True)  # expect: MRL312
network_parser = etree.XMLParser(no_network=False, load_dtd=True)  # expect: MRL312
huge_parser = etree.XMLParser(huge_tree=True)  # expect: MRL312


@app.post("/feeds")
async def feed(request: Request) -> dict[str, int]:
    root = ET.fromstring(await request.body())  # expect: MRL312
    return {"items": len(root)}


@app.post("/orders")
def order(document: Annotated[str, Body(media_type="application/xml")]) -> dict[str, str]:
    return {"root": fromstring(document).tag}  # expect: MRL312


@app.post("/drawings")
def drawing(upload: UploadFile) -> dict[str, int]:
    document = minidom.parse(upload.file)  # expect: MRL312
    return {"paths": len(document.getElementsByTagName("path"))}


def parse_feed(text: str) -> int:
    return len(ET.fromstring(text))


@app.post("/helper")
def helper(document: Annotated[str, Body(media_type="application/xml")]) -> dict[str, int]:
    return {"items": parse_feed(document)}  # expect-missing: MRL312 (needs flow into `parse_feed`)
