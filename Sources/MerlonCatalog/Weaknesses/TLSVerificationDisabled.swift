import MerlonBase

extension Weakness {
  /// An outbound connection accepts any certificate.
  package static let tlsVerificationDisabled = Weakness(
    id: "MRL512", name: "tls-verification-disabled", severity: .high, cwe: [295],
    owasp: [.api2023(10), .web2021(2)], asvs: ["12.3.2"], practices: ["S35"], since: "0.1.0",
    summary: "An outbound connection accepts any certificate",
    why: """
      TLS without a check of the certificate encrypts for whoever answers. Someone on the way (a compromised router, \
      a DNS entry, a neighbour in the cloud network) presents a certificate of his own, reads tokens and card data, \
      and writes the answers that your service then trusts. `check_hostname=False` is the same hole: a valid \
      certificate for any other name passes. It is mostly switched off because of an internal authority or an \
      expired certificate, and both have better answers.
      """,
    guide: [
      "Remove `verify=False` (or `CERT_NONE`, `check_hostname = False`, `_create_unverified_context`).",
      """
      Trust an internal authority by its file: \
      `httpx.AsyncClient(verify=ssl.create_default_context(cafile="internal-ca.pem"))`.
      """,
      "For tests against a local server make a test authority (`trustme`) rather than a switch.",
    ],
    unsafe: Example(
      """
      import httpx
      from fastapi import FastAPI

      app = FastAPI()


      @app.get("/rates")
      def rates() -> dict[str, float]:
          response = httpx.get("https://rates.example.com/latest", verify=False, timeout=5)  # expect: MRL512
          response.raise_for_status()
          return response.json()
      """),
    safe: Example(
      """
      import ssl

      import httpx
      from fastapi import FastAPI

      app = FastAPI()
      internal = ssl.create_default_context(cafile="/etc/ssl/internal-ca.pem")


      @app.get("/rates")
      def rates() -> dict[str, float]:
          response = httpx.get("https://rates.example.com/latest", verify=internal, timeout=5)
          response.raise_for_status()
          return response.json()
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/295.html",
      "https://www.python-httpx.org/advanced/ssl/",
      "https://docs.python.org/3/library/ssl.html",
    ])
}
