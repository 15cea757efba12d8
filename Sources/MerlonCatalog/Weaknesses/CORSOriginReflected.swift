import MerlonBase

extension Weakness {
  /// Foreign origins are let in by a pattern that is too wide, or by echoing the origin of the request.
  package static let corsOriginReflected = Weakness(
    id: "MRL502", name: "cors-origin-reflected", severity: .high, cwe: [942, 346],
    owasp: [.api2023(8), .web2021(5)], asvs: ["3.4.2"], practices: ["S1", "S22"], since: "0.1.0",
    summary: "Foreign origins are let in by a pattern that is too wide, or by echoing the origin of the request",
    why: #"""
      `Access-Control-Allow-Origin` that repeats whatever `Origin` came allows every site, and with credentials \#
      lets every site read as the visitor. A pattern does the same when it says `.*`, and lets strangers in when a \#
      dot is not escaped (`https://shop.example.com` as a pattern fits `https://shopxexample.com`) or when the \#
      beginning is open (`https://.*example\.com` fits `https://evil-example.com`). Starlette matches the whole \#
      origin, so missing anchors are no mistake there; in hand-written code with `re.match` or `endswith` they are. \#
      An echo behind a comparison with a list is right.
      """#,
    guide: [
      "Prefer a list: `allow_origins=[\"https://shop.example.com\"]`.",
      #"""
      If subdomains are needed, anchor the label and escape the dots: \#
      `allow_origin_regex=r"https://[a-z0-9-]+\.example\.com"`.
      """#,
      "Let `CORSMiddleware` write the headers; remove hand-written echoes of `Origin`.",
    ],
    unsafe: Example(
      #"""
      from fastapi import FastAPI
      from fastapi.middleware.cors import CORSMiddleware

      app = FastAPI()
      app.add_middleware(
          CORSMiddleware,
          allow_origin_regex=r"https://.*example\.com",  # expect: MRL502
          allow_credentials=True,
      )
      """#),
    safe: Example(
      #"""
      from fastapi import FastAPI
      from fastapi.middleware.cors import CORSMiddleware

      app = FastAPI()
      app.add_middleware(
          CORSMiddleware,
          allow_origin_regex=r"https://[a-z0-9-]+\.example\.com",
          allow_credentials=True,
      )
      """#),
    references: [
      "https://cwe.mitre.org/data/definitions/942.html",
      "https://cwe.mitre.org/data/definitions/346.html",
      "https://www.starlette.io/middleware/",
    ])
}
