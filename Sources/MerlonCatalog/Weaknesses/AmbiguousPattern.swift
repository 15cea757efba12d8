import MerlonBase

extension Weakness {
  /// A regular expression can match the same text in very many ways.
  package static let ambiguousPattern = Weakness(
    id: "MRL323", name: "ambiguous-pattern", severity: .medium, cwe: [1333, 400],
    owasp: [.api2023(4), .web2021(4)], asvs: ["1.3.12"], practices: ["S18"], since: "0.1.0",
    summary: "A regular expression can match the same text in very many ways",
    why: """
      When a match fails, Python's `re` goes back and tries every other way to divide the text between the loops of \
      the pattern. In `(\\w+\\s?)+` a word can be one turn or many, so each further letter doubles the ways: thirty \
      letters and an exclamation mark take minutes, and in a coroutine nothing else is served meanwhile. Three loops \
      in a row that share a text (`\\s*,?\\s*$` in a search) take time with the cube of the length, which needs some \
      thousand characters (reported with low severity). It is harmless where nobody else chooses the text, or where \
      its length is bounded before. Pydantic 2 and FastAPI with it match with an engine that doesn't go back, unless \
      `regex_engine="python-re"` is set.
      """,
    guide: [
      """
      Write the loop so that each text has one way through it: `\\w+(?:\\s\\w+)*` for words with spaces between. What \
      divides the turns must stand between them, and be nothing that a turn can take.
      """,
      "From Python 3.11 on, `(?>…)` and `++` give up what was taken: nothing is tried again.",
      "Bound the length of the text before it is matched, or use an engine without backtracking (`google-re2`).",
    ],
    unsafe: Example(
      """
      import re

      from fastapi import FastAPI, HTTPException

      app = FastAPI()


      @app.get("/people/{name}")
      def person(name: str) -> dict[str, str]:
          if not re.match(r"^(\\w+\\s?)+$", name):  # expect: MRL323
              raise HTTPException(404)
          return {"name": name}
      """),
    safe: Example(
      """
      import re

      from fastapi import FastAPI, HTTPException

      app = FastAPI()


      @app.get("/people/{name}")
      def person(name: str) -> dict[str, str]:
          if not re.match(r"^\\w+(?:\\s\\w+)*\\s?$", name):
              raise HTTPException(404)
          return {"name": name}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/1333.html",
      "https://owasp.org/www-community/attacks/Regular_expression_Denial_of_Service_-_ReDoS",
      "https://docs.python.org/3/library/re.html#regular-expression-syntax",
    ])
}
