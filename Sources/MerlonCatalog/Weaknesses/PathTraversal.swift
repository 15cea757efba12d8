import MerlonBase

extension Weakness {
  /// Text of the caller's decides which file is read or written.
  package static let pathTraversal = Weakness(
    id: "MRL304", name: "path-traversal", severity: .high, cwe: [22, 73],
    owasp: [.api2023(10), .web2021(1)], asvs: ["5.3.2"], practices: ["S4", "S22"], since: "0.1.0",
    summary: "Text of the caller's decides which file is read or written",
    why: """
      `..` and absolute paths lead out of the folder that was meant: `base / "/etc/passwd"` is `/etc/passwd`, \
      and a path parameter of type `path` takes slashes. A read hands out configuration, keys and source; a \
      write replaces code or drops a file where a server runs it. The file name of an upload is the caller's \
      text like any other. Checks that look for `..`, compare with `startswith` before the path is resolved, \
      or compare with a folder without its separator can be passed.
      """,
    guide: [
      """
      Make names of your own (a UUID) and keep the caller's name as data only.
      """,
      """
      Else resolve and compare: `path = (BASE / name).resolve()`, then refuse unless \
      `path.is_relative_to(BASE)`.
      """,
      """
      For uploads take `Path(file.filename).name` at the very least, and refuse names that begin with a dot.
      """,
    ],
    unsafe: Example(
      """
      from pathlib import Path

      from fastapi import FastAPI
      from fastapi.responses import FileResponse

      app = FastAPI()
      REPORTS = Path("/srv/reports")


      @app.get("/reports/{name:path}")
      def download(name: str) -> FileResponse:
          return FileResponse(REPORTS / name)  # expect: MRL304
      """),
    safe: Example(
      """
      from pathlib import Path

      from fastapi import FastAPI, HTTPException
      from fastapi.responses import FileResponse

      app = FastAPI()
      REPORTS = Path("/srv/reports").resolve()


      @app.get("/reports/{name:path}")
      def download(name: str) -> FileResponse:
          path = (REPORTS / name).resolve()
          if not path.is_relative_to(REPORTS):
              raise HTTPException(404)
          return FileResponse(path)
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/22.html",
      "https://docs.python.org/3/library/pathlib.html#pathlib.PurePath.is_relative_to",
      "https://owasp.org/www-community/attacks/Path_Traversal",
    ])
}
