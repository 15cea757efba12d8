import MerlonBase

extension Weakness {
  /// Strict-Transport-Security ends too soon, or is written so that browsers ignore it.
  package static let weakHsts = Weakness(
    id: "MRL507", name: "weak-hsts", severity: .low, cwe: [319],
    owasp: [.api2023(8), .web2021(5)], asvs: ["3.4.1"], practices: ["S31", "S34"], since: "0.1.0",
    summary: "Strict-Transport-Security ends too soon, or is written so that browsers ignore it",
    why: """
      The header makes a browser use HTTPS for this host until `max-age` seconds after the last visit. Until it has \
      seen one, and once it has run out, a link to `http://` goes over plain HTTP, and whoever owns that network \
      answers in the site's name. With five minutes or a day nearly every visit is a first one. Without a `max-age`, \
      or sent over plain HTTP, browsers ignore it, and `max-age=0` switches the protection off. A short value for \
      the first days of a roll-out is harmless if it grows.
      """,
    guide: [
      "Send `Strict-Transport-Security: max-age=31536000; includeSubDomains` on every HTTPS answer.",
      "Add `preload` and enter the domain in the browsers' list only when every subdomain speaks HTTPS for good.",
      "Let the proxy that ends TLS send it, if there is one, and only there.",
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI, Request

      app = FastAPI()


      @app.middleware("http")
      async def add_hsts(request: Request, call_next):
          response = await call_next(request)
          response.headers["Strict-Transport-Security"] = "max-age=300"  # expect: MRL507
          return response
      """),
    safe: Example(
      """
      from fastapi import FastAPI, Request

      app = FastAPI()


      @app.middleware("http")
      async def add_hsts(request: Request, call_next):
          response = await call_next(request)
          response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
          return response
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/319.html",
      "https://www.rfc-editor.org/rfc/rfc6797",
      "https://hstspreload.org/",
    ])
}
