package import MerlonBase

/// What is wrong, why it matters and how to repair it: everything there is to say about one weakness that does not depend
/// on where it was found. Rules, probe checks and guard policies refer to it; reports, `merlon explain`, `docs/rules` and
/// the tests read it.
///
/// Each weakness is one file in `Weaknesses`, a static constant in an extension of this type.
package struct Weakness: Sendable {
  /// `MRL` and three digits; the first digit tells the family. Never reused, never renumbered.
  package let id: String
  /// Names the wrong thing in kebab-case, never the remedy: `sql-injection`.
  package let name: String
  /// Severity of a usual finding; a rule may lower or raise it for what it sees.
  package let severity: Severity
  /// Numbers of the Common Weakness Enumeration, the closest first.
  package let cwe: [Int]
  package let owasp: [Owasp]
  /// Requirements of OWASP ASVS 5.0.0 that the weakness breaks: `9.1.1`.
  package let asvs: [String]
  /// Practices of the FastAPI security guide: `S8`.
  package let practices: [String]
  /// The version of Merlon that brought it.
  package let since: String
  /// What is wrong, one sentence without a full stop.
  package let summary: String
  /// How an attacker uses it, and when it does no harm: a paragraph of Markdown.
  package let why: String
  /// Steps of the repair, sentences of Markdown. The first says the remedy.
  package let guide: [String]
  /// A file that has the weakness, marked at the end of each line that a finding points to: `# expect: MRL101`.
  package let unsafe: Example
  /// The same file without it.
  package let safe: Example
  /// Addresses of pages that say more.
  package let references: [String]

  package init(
    id: String, name: String, severity: Severity, cwe: [Int], owasp: [Owasp], asvs: [String] = [],
    practices: [String], since: String, summary: String, why: String, guide: [String], unsafe: Example, safe: Example,
    references: [String]
  ) {
    self.id = id
    self.name = name
    self.severity = severity
    self.cwe = cwe
    self.owasp = owasp
    self.asvs = asvs
    self.practices = practices
    self.since = since
    self.summary = summary
    self.why = why
    self.guide = guide
    self.unsafe = unsafe
    self.safe = safe
    self.references = references
  }
}

extension Weakness: CustomStringConvertible {
  package var description: String { "\(id) \(name)" }
}

/// A complete file: a Python module that could run, or a file of a deployment.
package struct Example: Sendable, Hashable {
  /// The text, ending with a line break.
  package let code: String
  /// Name of the file, which decides how it is read: `app.py`, `Dockerfile`, `compose.yaml`.
  package let fileName: String

  package init(_ code: String, fileName: String = "app.py") {
    self.code = code + "\n"
    self.fileName = fileName
  }

  /// The text without the marks that say where findings are expected: for readers.
  package var codeWithoutMarks: String {
    code.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard let mark = Example.mark(in: line) else { return String(line) }
      var text = line[..<mark.lowerBound]
      while text.last == " " { text.removeLast() }
      return String(text)
    }.joined(separator: "\n")
  }

  /// Lines (from 1) on which a finding of `id` is expected.
  package func expectedLines(of id: String) -> [Int] {
    code.split(separator: "\n", omittingEmptySubsequences: false).enumerated().compactMap { number, line in
      guard let mark = Example.mark(in: line) else { return nil }
      let ids = line[mark.upperBound...].split { $0 == "," || $0 == " " }
      return ids.contains { $0 == id } ? number + 1 : nil
    }
  }

  private static func mark(in line: Substring) -> Range<Substring.Index>? {
    // A search by hand: this module does without Foundation.
    let wanted = "# expect: "
    var start = line.startIndex
    while start < line.endIndex {
      if line[start...].hasPrefix(wanted) { return start..<line.index(start, offsetBy: wanted.count) }
      start = line.index(after: start)
    }
    return nil
  }
}

/// An entry of one of OWASP's lists.
package enum Owasp: Sendable, Hashable, CustomStringConvertible {
  /// API Security Top 10 of 2023, 1 to 10.
  case api2023(Int)
  /// Top 10 of 2021, 1 to 10.
  case web2021(Int)

  /// As the lists write it: `API2:2023`, `A07:2021`.
  package var description: String {
    switch self {
    case .api2023(let number): "API\(number):2023"
    case .web2021(let number): number < 10 ? "A0\(number):2021" : "A\(number):2021"
    }
  }
}
