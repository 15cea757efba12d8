import MerlonBase

extension Weakness {
  /// The origin `null` is among those that are trusted.
  package static let nullOriginTrusted = Weakness(
    id: "MRL516", name: "null-origin-trusted", severity: .medium, cwe: [346, 942],
    owasp: [.api2023(8), .web2021(5)], asvs: ["3.4.2"], practices: ["S1"], since: "0.1.0",
    summary: "The origin `null` is among those that are trusted",
    why: """
      Browsers send `Origin: null` for pages that have no origin of their own: a sandboxed frame, a `data:` address, a \
      local file. Any site can put its script into such a frame, so a list that trusts `null` trusts every site. With \
      credentials allowed, or where the list stands for "this machine", a foreign page reads and changes what the \
      visitor may.
      """,
    guide: [
      "Take `null` out of the list, and name the origins that need access.",
      "For local files in development serve them from a local server, which has an origin.",
    ],
    unsafe: Example(
      """
      from fastapi import FastAPI
      from fastapi.middleware.cors import CORSMiddleware

      app = FastAPI()
      app.add_middleware(CORSMiddleware, allow_origins=["https://shop.example.com", "null"])  # expect: MRL516
      """),
    safe: Example(
      """
      from fastapi import FastAPI
      from fastapi.middleware.cors import CORSMiddleware

      app = FastAPI()
      app.add_middleware(CORSMiddleware, allow_origins=["https://shop.example.com", "https://admin.example.com"])
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/346.html",
      "https://fetch.spec.whatwg.org/#origin-header",
      "https://portswigger.net/web-security/cors",
    ])
}
