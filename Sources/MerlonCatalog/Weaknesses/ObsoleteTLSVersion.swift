import MerlonBase

extension Weakness {
  /// A broken version of TLS or SSL is allowed.
  package static let obsoleteTlsVersion = Weakness(
    id: "MRL513", name: "obsolete-tls-version", severity: .medium, cwe: [327, 326],
    owasp: [.api2023(8), .web2021(2)], asvs: ["12.1.1"], practices: ["S1"], since: "0.1.0",
    summary: "A broken version of TLS or SSL is allowed",
    why: """
      SSL 2 and 3 are broken outright (DROWN, POODLE), and TLS 1.0 and 1.1 stand on SHA-1 and on CBC modes with \
      known attacks; RFC 7568 and RFC 8996 withdraw them. An attacker on the way can push both sides down to the \
      oldest version that they share, so allowing one is using it. Python's `create_default_context` starts at TLS \
      1.2; the line that lowers this, for one old peer, holds for every connection of the context. Naming a version \
      to forbid it (`OP_NO_TLSv1`) is harmless.
      """,
    guide: [
      """
      Set `context.minimum_version = ssl.TLSVersion.TLSv1_2` (or `TLSv1_3`), or leave the default of \
      `ssl.create_default_context()`.
      """,
      "Replace `ssl.SSLContext(ssl.PROTOCOL_TLSv1)` by `ssl.create_default_context()`.",
      "If one old peer remains, put a TLS proxy in front of it instead of weakening the client.",
    ],
    unsafe: Example(
      """
      import smtplib
      import ssl


      def open_mail_server(host: str) -> smtplib.SMTP:
          context = ssl.create_default_context()
          context.minimum_version = ssl.TLSVersion.TLSv1  # expect: MRL513
          server = smtplib.SMTP(host, 587, timeout=10)
          server.starttls(context=context)
          return server
      """),
    safe: Example(
      """
      import smtplib
      import ssl


      def open_mail_server(host: str) -> smtplib.SMTP:
          context = ssl.create_default_context()
          context.minimum_version = ssl.TLSVersion.TLSv1_2
          server = smtplib.SMTP(host, 587, timeout=10)
          server.starttls(context=context)
          return server
      """),
    references: [
      "https://cwe.mitre.org/data/definitions/327.html",
      "https://www.rfc-editor.org/rfc/rfc8996",
      "https://docs.python.org/3/library/ssl.html",
    ])
}
