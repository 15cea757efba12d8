import MerlonBase

extension Weakness {
  /// A temporary file's name is chosen before the file is made, or can be foretold.
  package static let insecureTemporaryFile = Weakness(
    id: "MRL314", name: "insecure-temporary-file", severity: .medium, cwe: [377, 59],
    owasp: [.api2023(8), .web2021(1)], asvs: ["5.3.2"], practices: ["S20"], since: "0.1.0",
    summary: "A temporary file's name is chosen before the file is made, or can be foretold",
    why: """
      Everyone on the machine may write to `/tmp`. Between choosing a name (`tempfile.mktemp`, or a fixed one such \
      as `/tmp/report.pdf`) and opening it, another user or a compromised process puts a link or a file of its own \
      there: your service then overwrites a file it must not touch, or reads what the attacker wrote. Two requests \
      at once also get each other's data. In a container where a single process of one user runs, the second effect \
      remains.
      """,
    guide: [
      """
      Let one call choose the name and make the file: `tempfile.NamedTemporaryFile()`, `tempfile.TemporaryFile()` or \
      `tempfile.mkstemp()`.
      """,
      "For several files make a folder: `tempfile.TemporaryDirectory()`.",
      "If a fixed path is needed, put it into a folder that only the service's user may write to.",
    ],
    unsafe: Example(
      #"""
      import tempfile
      from pathlib import Path

      from fastapi import FastAPI
      from fastapi.responses import FileResponse

      app = FastAPI()


      @app.get("/export")
      def export() -> FileResponse:
          path = tempfile.mktemp(suffix=".csv")  # expect: MRL314
          Path(path).write_text("id,name\n")
          return FileResponse(path, filename="export.csv")
      """#),
    safe: Example(
      #"""
      import tempfile
      from pathlib import Path

      from fastapi import FastAPI
      from fastapi.responses import FileResponse
      from starlette.background import BackgroundTask

      app = FastAPI()


      @app.get("/export")
      def export() -> FileResponse:
          with tempfile.NamedTemporaryFile("w", suffix=".csv", delete=False) as file:
              file.write("id,name\n")
          return FileResponse(file.name, filename="export.csv", background=BackgroundTask(Path(file.name).unlink))
      """#),
    references: [
      "https://cwe.mitre.org/data/definitions/377.html",
      "https://docs.python.org/3/library/tempfile.html",
    ])
}
