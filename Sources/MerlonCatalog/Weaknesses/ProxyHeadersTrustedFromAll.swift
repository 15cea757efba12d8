import MerlonBase

extension Weakness {
  /// Proxy headers are believed from every address.
  package static let proxyHeadersTrustedFromAll = Weakness(
    id: "MRL510", name: "proxy-headers-trusted-from-all", severity: .medium, cwe: [348, 290],
    owasp: [.api2023(8), .web2021(5)], asvs: ["4.1.3", "15.3.4"], practices: ["S36"], since: "0.1.0",
    summary: "Proxy headers are believed from every address",
    why: """
      `X-Forwarded-For` says who the client was, as the proxy saw it. With `forwarded_allow_ips="*"` or \
      `trusted_hosts="*"` the server takes it from anyone who reaches its port, so a caller picks the address that \
      rate limits count, that allow-lists compare and that the security log blames; `X-Forwarded-Proto: https` makes \
      a plain connection look encrypted. Harmless only if nothing but the proxy can reach the port (a Unix socket, a \
      private container network) and the proxy overwrites the header.
      """,
    guide: [
      """
      Name the proxy's address or network: `forwarded_allow_ips="10.0.3.7"` or `--forwarded-allow-ips=10.0.0.0/24`.
      """,
      "Let the proxy replace `X-Forwarded-For`, not extend it, and close the application's port to everyone else.",
      "Behind several proxies count hops from the right; the left end is what the client wrote.",
    ],
    unsafe: Example(
      """
      import uvicorn
      from fastapi import FastAPI

      app = FastAPI()

      if __name__ == "__main__":
          uvicorn.run(app, host="127.0.0.1", port=8000, forwarded_allow_ips="*")  # expect: MRL510
      """),
    safe: Example(
      """
      import uvicorn
      from fastapi import FastAPI

      app = FastAPI()

      if __name__ == "__main__":
          uvicorn.run(app, host="127.0.0.1", port=8000, forwarded_allow_ips="127.0.0.1")
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/348.html",
      "https://cwe.mitre.org/data/definitions/290.html",
      "https://fastapi.tiangolo.com/advanced/behind-a-proxy/",
    ])
}
