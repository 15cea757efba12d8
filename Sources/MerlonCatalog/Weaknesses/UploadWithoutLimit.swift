import MerlonBase

extension Weakness {
  /// A file of any size is taken and read into memory.
  package static let uploadWithoutLimit = Weakness(
    id: "MRL802", name: "upload-without-limit", severity: .low, cwe: [770, 400],
    owasp: [.api2023(4), .web2021(4)], asvs: ["5.2.1"], practices: ["S18"], since: "0.1.0",
    summary: "A file of any size is taken and read into memory",
    why: """
      Neither FastAPI nor Starlette limits the size of a body by default: 30 MB and more are accepted (measured on \
      FastAPI 0.121 to 0.165). `await file.read()` puts all of it into memory, for several callers at once. Since \
      FastAPI 0.164 the application, a router or a route takes `max_body_size`.
      """,
    guide: [
      "Set `FastAPI(max_body_size=…)` (0.164 and later), or a limit in the proxy in front.",
      "Read in pieces and stop with 413 at the limit: `while chunk := await file.read(64 * 1024)`.",
      "Check type and content before the file is kept.",
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI, UploadFile

      app = FastAPI()


      @app.post("/pictures")  # expect: MRL802
      async def upload(file: UploadFile) -> int:
          content = await file.read()
          return len(content)
      """),
    safe: Example(
      """
      from fastapi import FastAPI, HTTPException, UploadFile

      LIMIT = 5 * 1024 * 1024
      app = FastAPI()


      @app.post("/pictures")
      async def upload(file: UploadFile) -> int:
          content = b""
          while chunk := await file.read(64 * 1024):
              content += chunk
              if len(content) > LIMIT:
                  raise HTTPException(413, "The picture is too large")
          return len(content)
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/770.html",
      "https://owasp.org/API-Security/editions/2023/en/0xa4-unrestricted-resource-consumption/",
      "https://fastapi.tiangolo.com/tutorial/request-files/",
    ])
}
