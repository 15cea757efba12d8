import MerlonBase

extension Weakness {
  /// An XML parser resolves or expands the entities that a document declares.
  package static let xmlExternalEntities = Weakness(
    id: "MRL312", name: "xml-external-entities", severity: .medium, cwe: [611, 776],
    owasp: [.api2023(8), .web2021(5)], asvs: ["1.5.1"], practices: ["S38"], since: "0.1.0",
    summary: "An XML parser resolves or expands the entities that a document declares",
    why: """
      A document may declare an entity that stands for a file or an address, `<!ENTITY x SYSTEM \
      "file:///etc/passwd">`. A parser that resolves it puts the file's content where the entity is used, and an \
      answer or an error shows it; an address makes the server call into its own network (SSRF). Entities that refer \
      to each other grow a page of text to gigabytes ("billion laughs"). lxml resolves external entities when told \
      to, and did by default before version 5; the parsers of the standard library do not fetch, but expand. Files \
      that belong to your own package are harmless.
      """,
    guide: [
      """
      Parse what comes from outside with `defusedxml`, or with `lxml.etree.XMLParser(resolve_entities=False, \
      no_network=True)`.
      """,
      "Leave `huge_tree` off, and limit the size of the body before parsing.",
      "If you choose the format, take JSON.",
    ],
    unsafe: Example(
      """
      from typing import Annotated

      from fastapi import Body, FastAPI
      from lxml import etree

      app = FastAPI()


      @app.post("/feeds")
      def import_feed(document: Annotated[bytes, Body(media_type="application/xml")]) -> dict[str, int]:
          parser = etree.XMLParser(resolve_entities=True, no_network=False)  # expect: MRL312
          root = etree.fromstring(document, parser)
          return {"items": len(root)}
      """),
    safe: Example(
      """
      from typing import Annotated

      from fastapi import Body, FastAPI
      from lxml import etree

      app = FastAPI()


      @app.post("/feeds")
      def import_feed(document: Annotated[bytes, Body(media_type="application/xml")]) -> dict[str, int]:
          parser = etree.XMLParser(resolve_entities=False, no_network=True)
          root = etree.fromstring(document, parser)
          return {"items": len(root)}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/611.html",
      "https://cwe.mitre.org/data/definitions/776.html",
      "https://docs.python.org/3/library/xml.html",
      "https://cheatsheetseries.owasp.org/cheatsheets/XML_External_Entity_Prevention_Cheat_Sheet.html",
    ])
}
