import MerlonBase
import MerlonCatalog
import MerlonReport

/// Source files and findings that the tests of all formats share.
enum Samples {
  static let sources: [String: [UInt8]] = [
    "shop/security.py": Array(
      """
      import jwt

      KEY = "secret"


      def read(token: str):
          return jwt.decode(token, KEY, options={"verify_signature": False})
      """.utf8),
    "shop/api.py": Array(
      """
      from fastapi import FastAPI, Header

      app = FastAPI()
      app.add_middleware(
          CORSMiddleware,
          allow_origins=["*"],
          allow_credentials=True,
      )


      @app.get("/")
      def items(token: str = Header()):
      \tname = "Größe 漢字 😀"; user = read(token)
          return run(
              a,
              b,
              c,
              d,
              e,
              f,
          )
      """.utf8),
  ]

  static let weakness = Weakness(
    id: "MRL101", name: "jwt-signature-not-verified", severity: .critical, cwe: [347],
    owasp: [.api2023(2), .web2021(7)], asvs: ["9.1.1"], practices: ["S8"], since: "0.1.0",
    summary: "The signature of a token is not verified",
    why: "Anyone can write a token that names any user.",
    guide: [
      "Decode with the key and `algorithms=[\"HS256\"]`, and leave `verify_signature` alone: whoever can write a token "
        + "without a signature can be anyone.",
      "Then add `options={\"require\": [\"exp\"]}`.",
    ],
    unsafe: Example("jwt.decode(token, KEY, options={\"verify_signature\": False})  # expect: MRL101"),
    safe: Example("jwt.decode(token, KEY, algorithms=[\"HS256\"])"),
    references: ["https://cwe.mitre.org/data/definitions/347.html"])

  static func location(_ path: String, _ start: (Int, Int), _ end: (Int, Int)) -> SourceLocation {
    SourceLocation(
      path: path, range: TextRange(start: UInt32(start.0 * 10 + start.1), end: UInt32(end.0 * 10 + end.1)),
      start: SourcePosition(line: start.0, column: start.1), end: SourcePosition(line: end.0, column: end.1))
  }

  static func finding(
    _ id: String = "MRL101", _ name: String = "jwt-signature-not-verified", severity: Severity = .critical,
    confidence: Confidence = .high, message: String = "the signature of `token` is not verified",
    at location: SourceLocation, evidence: [Evidence] = [], suppression: Suppression? = nil
  ) -> Finding {
    var finding = Finding(
      id: id, name: name, severity: severity, confidence: confidence, message: message, location: location,
      scope: "shop.security.read", scopeInModule: "read", normalizedEvidence: "\(message)\(location.start.line)",
      evidence: evidence)
    finding.suppression = suppression
    return finding
  }

  /// One of everything.
  static func everything() -> Report {
    let decode = location("shop/security.py", (7, 11), (7, 70))
    var findings = [
      finding(
        "MRL520", "posture-no-authentication", severity: .info, message: "no operation of `app` asks who calls",
        at: location("shop/api.py", (3, 6), (3, 15))),
      finding(
        at: decode,
        evidence: [
          .codeFlow([
            FlowStep(location: location("shop/api.py", (12, 10), (12, 31)), message: "`token` comes from a header"),
            FlowStep(location: location("shop/api.py", (13, 43), (13, 48)), message: "and is handed on"),
            FlowStep(location: decode, message: "is decoded without a check"),
          ]),
          .related(FlowStep(location: location("shop/security.py", (3, 0), (3, 14)), message: "the key is a constant")),
        ]),
      finding(
        "MRL501", "cors-wildcard-with-credentials", severity: .high, confidence: .medium,
        message: "every origin may send credentials", at: location("shop/api.py", (4, 0), (8, 1))),
      finding(
        "MRL999", "not-in-the-catalogue", severity: .medium, message: "a long span that starts within a line",
        at: location("shop/api.py", (14, 11), (21, 5))),
      finding(
        "MRL701", "hard-coded-secret", severity: .high, message: "`KEY` is a constant",
        at: location("shop/security.py", (3, 6), (3, 14)),
        suppression: Suppression(kind: .inline, reason: "a test key", owner: "api-team", until: "2027-01-31")),
      finding(
        "MRL702", "secret-with-public-default", severity: .high, message: "`KEY` has a default",
        at: location("gone.py", (30, 6), (30, 14)), suppression: Suppression(kind: .baseline, reason: "")),
    ]
    Fingerprint.assign(to: &findings)
    return report(
      findings: findings,
      limits: (1...6).map {
        Limit(
          kind: "unparsed-statement", message: "`def` has no body", path: "shop/old.py",
          position: SourcePosition(line: $0, column: 0))
      } + [Limit(kind: "no-lock-file", message: "the newest FastAPI was assumed")],
      problems: [Problem(path: "shop/x.py", message: "can't be read: permission denied")],
      baseline: BaselineComparison(new: 4, unchanged: 1, fixed: 2))
  }

  static func report(
    findings: [Finding], limits: [Limit] = [], problems: [Problem] = [], baseline: BaselineComparison? = nil,
    isComplete: Bool = true
  ) -> Report {
    Report(
      toolVersion: "0.1.0", startTime: "2026-11-24T11:00:00Z", root: "backend", isComplete: isComplete,
      applications: [ApplicationFact(name: "shop.api.app", kind: "fastapi.FastAPI", path: "shop/api.py", line: 3)],
      findings: findings, limits: limits, problems: problems,
      statistics: Statistics(files: 23, lines: 4120, seconds: 0.123, hidden: 5), baseline: baseline,
      weaknesses: [weakness])
  }

  static func options(
    color: Bool = false, width: Int = 100, verbose: Bool = false, prefix: String = "",
    sources: [String: [UInt8]] = Samples.sources
  ) -> RenderOptions {
    RenderOptions(pathPrefix: prefix, usesColor: color, width: width, isVerbose: verbose) { sources[$0] }
  }

  static func text(_ report: Report, _ format: ReportFormat, _ options: RenderOptions = options()) -> String {
    String(decoding: render(report, format: format, options: options), as: UTF8.self)
  }
}
