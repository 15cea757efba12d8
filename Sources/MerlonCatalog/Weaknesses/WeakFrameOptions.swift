import MerlonBase

extension Weakness {
  /// X-Frame-Options has a value that browsers ignore.
  package static let weakFrameOptions = Weakness(
    id: "MRL508", name: "weak-frame-options", severity: .low, cwe: [1021],
    owasp: [.api2023(8), .web2021(5)], asvs: ["3.4.6"], practices: ["S30"], since: "0.1.0",
    summary: "X-Frame-Options has a value that browsers ignore",
    why: """
      Only `DENY` and `SAMEORIGIN` mean something. `ALLOW-FROM`, which browsers dropped or never had, `ALLOWALL`, a \
      typing error or two values in one header are ignored, and the page can be put into an invisible frame of any \
      site, where a click on the attacker's button is a click on yours. Harmless if the answer also has a policy \
      with `frame-ancestors`, which browsers prefer.
      """,
    guide: [
      "Send `X-Frame-Options: DENY`, or `SAMEORIGIN` if your own pages frame each other.",
      """
      To let named sites frame the page, use `Content-Security-Policy: frame-ancestors https://partner.example`, and \
      drop this header.
      """,
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI, Request

      app = FastAPI()


      @app.middleware("http")
      async def forbid_frames(request: Request, call_next):
          response = await call_next(request)
          response.headers["X-Frame-Options"] = "ALLOW-FROM https://partner.example"  # expect: MRL508
          return response
      """),
    safe: Example(
      """
      from fastapi import FastAPI, Request

      app = FastAPI()


      @app.middleware("http")
      async def forbid_frames(request: Request, call_next):
          response = await call_next(request)
          response.headers["X-Frame-Options"] = "DENY"
          return response
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/1021.html",
      "https://developer.mozilla.org/en-US/docs/Web/HTTP/Headers/X-Frame-Options",
      "https://www.rfc-editor.org/rfc/rfc7034",
    ])
}
