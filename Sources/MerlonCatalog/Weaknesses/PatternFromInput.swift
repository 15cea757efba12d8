import MerlonBase

extension Weakness {
  /// Text of the caller's is used as a regular expression.
  package static let patternFromInput = Weakness(
    id: "MRL316", name: "pattern-from-input", severity: .medium, cwe: [1333, 400],
    owasp: [.api2023(4), .web2021(3)], asvs: ["1.3.12"], practices: ["S22"], since: "0.1.0",
    summary: "Text of the caller's is used as a regular expression",
    why: """
      Python's `re` tries ways one after the other: `(a+)+$` against thirty characters takes minutes, and \
      nothing else runs in that thread meanwhile. Who chooses the pattern chooses such a one, and can also \
      match what the code did not mean to show. `re.escape` makes text match itself.
      """,
    guide: [
      """
      Search for the text itself (`in`, or `re.escape(text)`).
      """,
      """
      Where users must write patterns, use an engine without backtracking (`google-re2`) and bound the length \
      of both sides.
      """,
    ],
    unsafe: Example(
      """
      import re

      from fastapi import FastAPI

      app = FastAPI()
      TITLES = ["Wool socks", "Silk scarf"]


      @app.get("/titles")
      def titles(pattern: str) -> list[str]:
          return [title for title in TITLES if re.search(pattern, title)]  # expect: MRL316
      """),
    safe: Example(
      """
      import re

      from fastapi import FastAPI

      app = FastAPI()
      TITLES = ["Wool socks", "Silk scarf"]


      @app.get("/titles")
      def titles(words: str) -> list[str]:
          return [title for title in TITLES if re.search(re.escape(words), title)]
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/1333.html",
      "https://owasp.org/www-community/attacks/Regular_expression_Denial_of_Service_-_ReDoS",
    ])
}
