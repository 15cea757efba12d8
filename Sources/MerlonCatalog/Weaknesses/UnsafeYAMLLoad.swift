import MerlonBase

extension Weakness {
  /// YAML is loaded with a loader that builds any object the document names.
  package static let unsafeYamlLoad = Weakness(
    id: "MRL311", name: "unsafe-yaml-load", severity: .high, cwe: [502],
    owasp: [.api2023(10), .web2021(8)], asvs: ["1.5.2"], practices: ["S38"], since: "0.1.0",
    summary: "YAML is loaded with a loader that builds any object the document names",
    why: """
      With `yaml.unsafe_load`, `yaml.Loader` or `yaml.UnsafeLoader` a document may say \
      `!!python/object/apply:os.system ["…"]`, and loading it makes that call: who writes the document runs commands \
      on the server. `FullLoader` stops calls but has been bypassed before (CVE-2020-14343), and is not meant for \
      data from outside. `yaml.load(text)` without a loader fails since PyYAML 6 and was unsafe before 5.1. Nothing \
      is lost with the safe loader unless you write such tags on purpose.
      """,
    guide: [
      "Use `yaml.safe_load(text)`, or `yaml.load(text, Loader=yaml.CSafeLoader)` for speed.",
      "Validate the result with a Pydantic model before you use it.",
      "Limit the size of the document first: aliases can expand a small text to gigabytes.",
    ],
    unsafe: Example(
      """
      from typing import Annotated

      import yaml
      from fastapi import Body, FastAPI

      app = FastAPI()


      @app.post("/pipelines")
      def create_pipeline(text: Annotated[str, Body(max_length=10_000)]) -> dict[str, int]:
          pipeline = yaml.load(text, Loader=yaml.Loader)  # expect: MRL311
          return {"steps": len(pipeline["steps"])}
      """),
    safe: Example(
      """
      from typing import Annotated

      import yaml
      from fastapi import Body, FastAPI

      app = FastAPI()


      @app.post("/pipelines")
      def create_pipeline(text: Annotated[str, Body(max_length=10_000)]) -> dict[str, int]:
          pipeline = yaml.safe_load(text)
          return {"steps": len(pipeline["steps"])}
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/502.html",
      "https://nvd.nist.gov/vuln/detail/CVE-2020-14343",
      "https://cheatsheetseries.owasp.org/cheatsheets/Deserialization_Cheat_Sheet.html",
    ])
}
