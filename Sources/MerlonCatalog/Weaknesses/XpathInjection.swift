import MerlonBase

extension Weakness {
  /// Text of the caller's is put into an XPath expression.
  package static let xpathInjection = Weakness(
    id: "MRL317", name: "xpath-injection", severity: .high, cwe: [643],
    owasp: [.web2021(3)], asvs: ["1.2.6"], practices: ["S19", "S20"], since: "0.1.0",
    summary: "Text of the caller's is put into an XPath expression",
    why: """
      A quote in the text ends the literal: `' or '1'='1` selects every node, and conditions read the whole document \
      letter by letter. Where it decides about a login, it lets anybody in.
      """,
    guide: [
      """
      Hand values over as variables: `tree.xpath("//user[name=$name]", name=name)`.
      """,
      """
      Where variables cannot be used, compare the text with a list of values that are known.
      """,
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI
      from lxml import etree

      app = FastAPI()
      STOCK = etree.parse("stock.xml")


      @app.get("/stock")
      def stock(name: str) -> int:
          return len(STOCK.xpath(f"//item[name='{name}']"))  # expect: MRL317
      """),
    safe: Example(
      """
      from fastapi import FastAPI
      from lxml import etree

      app = FastAPI()
      STOCK = etree.parse("stock.xml")


      @app.get("/stock")
      def stock(name: str) -> int:
          return len(STOCK.xpath("//item[name=$name]", name=name))
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/643.html",
      "https://owasp.org/www-community/attacks/XPATH_Injection",
    ])
}
