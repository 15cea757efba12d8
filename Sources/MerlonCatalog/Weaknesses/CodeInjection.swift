import MerlonBase

extension Weakness {
  /// Text of the caller's is run as Python, or names what is called.
  package static let codeInjection = Weakness(
    id: "MRL303", name: "code-injection", severity: .critical, cwe: [95, 94, 470],
    owasp: [.api2023(10), .web2021(3)], asvs: ["1.3.2"], practices: ["S4", "S22"], since: "0.1.0",
    summary: "Text of the caller's is run as Python, or names what is called",
    why: """
      `eval` and `exec` run what they are given with all rights of the server, whatever globals they are \
      handed: every object leads back to the builtins. A name of the caller's in `getattr(…)()` or \
      `import_module` chooses among everything that the object or the module search path holds, not only among \
      what the author thought of.
      """,
    guide: [
      """
      Parse data with `json.loads` or `ast.literal_eval`, and formulas with a parser that knows only numbers \
      and operators.
      """,
      """
      Look callables up in a dictionary of those that may be called; refuse other names.
      """,
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI

      app = FastAPI()


      @app.get("/calculate")
      def calculate(formula: str) -> dict[str, float]:
          return {"result": eval(formula)}  # expect: MRL303
      """),
    safe: Example(
      """
      import operator
      from typing import Literal

      from fastapi import FastAPI

      app = FastAPI()
      OPERATIONS = {"add": operator.add, "multiply": operator.mul}


      @app.get("/calculate")
      def calculate(operation: Literal["add", "multiply"], left: float, right: float) -> dict[str, float]:
          return {"result": OPERATIONS[operation](left, right)}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/95.html",
      "https://docs.python.org/3/library/functions.html#eval",
      "https://docs.python.org/3/library/ast.html#ast.literal_eval",
    ])
}
