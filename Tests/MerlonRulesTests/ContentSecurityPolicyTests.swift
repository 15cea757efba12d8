import Foundation
import MerlonRules
import Testing

/// AT-29.1 and AT-33.1: policies are graded as Google's evaluator grades them.
@Suite struct ContentSecurityPolicyTests {
  struct Graded: Decodable {
    struct Finding: Decodable {
      var type: String
      var severity: String
      var directive: String
    }
    var policy: String
    var findings: [Finding]

    /// True when the evaluator says that a script of an attacker can run: an open or missing list of script sources.
    var letsScriptsRun: Bool {
      let names = policy.split(separator: ";").compactMap { $0.split(separator: " ").first?.lowercased() }
      return findings.contains { finding in
        if finding.type == "MISSING_DIRECTIVES" { return finding.directive == "script-src" }
        guard ["PLAIN_URL_SCHEMES", "PLAIN_WILDCARD", "SCRIPT_UNSAFE_INLINE"].contains(finding.type),
          finding.severity == "HIGH"
        else { return false }
        return finding.directive.hasPrefix("script-src")
          || (finding.directive == "default-src" && !names.contains("script-src"))
      }
    }
  }

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()

  static func read(_ url: URL) throws -> [Graded] {
    try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map {
      try JSONDecoder().decode(Graded.self, from: Data($0.utf8))
    }
  }

  static func disagreements(_ policies: [Graded]) -> [String] {
    policies.filter { graded in
      ContentSecurityPolicy(graded.policy).flaws.contains(where: \.isSevere) != graded.letsScriptsRun
    }.map(\.policy)
  }

  @Test("A policy is called open to scripts where Google's evaluator calls it so")
  func excerpt() throws {
    let policies = try Self.read(Self.root.appendingPathComponent("Fixtures/csp/policies.jsonl"))
    #expect(policies.count == 59)
    #expect(Self.disagreements(policies) == [])
  }

  @Test("The full set of policies agrees too, where it is at hand")
  func fullSet() throws {
    let url = Self.root.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("shared/vectors/csp/policies.jsonl")
    guard FileManager.default.fileExists(atPath: url.path) else { return }
    #expect(Self.disagreements(try Self.read(url)) == [])
  }
}
