import MerlonBase

extension Weakness {
  /// Text of the caller's is the source of a template.
  package static let templateInjection = Weakness(
    id: "MRL308", name: "template-injection", severity: .high, cwe: [1336, 94],
    owasp: [.api2023(10), .web2021(3)], asvs: ["1.3.7"], practices: ["S4", "S22"], since: "0.1.0",
    summary: "Text of the caller's is the source of a template",
    why: """
      A template is a program. In Jinja2 `{{ ''.__class__.__mro__ }}` walks from any value to the classes of \
      the interpreter and from there to `os.popen`, so who writes the template runs commands. The sandbox of \
      Jinja2 stops the known ways. A value that is handed to a template as a variable is data and does no such \
      harm.
      """,
    guide: [
      """
      Keep templates in files of the program and hand values in as variables.
      """,
      """
      Where users must write templates, use `jinja2.sandbox.ImmutableSandboxedEnvironment`, or plain \
      substitution of known names.
      """,
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI
      from jinja2 import Environment

      app = FastAPI()
      environment = Environment(autoescape=True)


      @app.get("/greeting")
      def greeting(name: str) -> str:
          return environment.from_string(f"Hello {name}!").render()  # expect: MRL308
      """),
    safe: Example(
      """
      from fastapi import FastAPI
      from jinja2 import Environment

      app = FastAPI()
      environment = Environment(autoescape=True)


      @app.get("/greeting")
      def greeting(name: str) -> str:
          return environment.from_string("Hello {{ name }}!").render(name=name)
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/1336.html",
      "https://jinja.palletsprojects.com/en/stable/sandbox/",
      "https://portswigger.net/web-security/server-side-template-injection",
    ])
}
