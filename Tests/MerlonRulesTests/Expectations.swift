import Foundation
import MerlonBase
import MerlonCatalog
import MerlonFastAPI
import MerlonModels
import MerlonProgram
import MerlonRules

/// What a fixture says of its lines: `# expect: MRL101`, `# expect-missing: MRL101 (why)`, `# expect-spurious: …`.
struct Expectations {
  enum Kind: String {
    case expect
    case missing = "expect-missing"
    case spurious = "expect-spurious"
  }

  struct Mark: Hashable, Comparable, CustomStringConvertible {
    var line: Int
    var id: String
    static func < (left: Mark, right: Mark) -> Bool { (left.line, left.id) < (right.line, right.id) }
    var description: String { "\(line): \(id)" }
  }

  var marks: [Kind: Set<Mark>] = [:]

  init(text: String) {
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      for kind in [Kind.expect, .missing, .spurious] {
        guard let start = line.range(of: "# \(kind.rawValue): ") else { continue }
        let list = line[start.upperBound...].prefix { $0 != "(" && $0 != "#" }
        for id in list.split(whereSeparator: { $0 == "," || $0 == " " }) {
          marks[kind, default: []].insert(Mark(line: index + 1, id: String(id)))
        }
      }
    }
  }

  /// What differs between the marks and the findings, as lines for a failure message; empty when all agree.
  func differences(from findings: [Finding]) -> [String] {
    let found = Set(findings.map { Mark(line: $0.location.start.line, id: $0.id) })
    let expected = marks[.expect] ?? []
    let missing = marks[.missing] ?? []
    let spurious = marks[.spurious] ?? []
    var result: [String] = []
    result += expected.subtracting(found).sorted().map { "not found: \($0)" }
    result += found.subtracting(expected).subtracting(spurious).subtracting(missing).sorted().map { mark in
      let message = findings.first { $0.location.start.line == mark.line && $0.id == mark.id }?.message ?? ""
      return "unexpected: \(mark) \(message)"
    }
    result += missing.intersection(found).sorted().map { "now found, remove the `expect-missing` mark: \($0)" }
    result += spurious.subtracting(found).sorted().map {
      "no longer reported, remove the `expect-spurious` mark: \($0)"
    }
    return result
  }
}

/// Runs every rule over Python files given as text. Posture (MRL52x) speaks of whole applications: of it, only what is
/// asked for is given.
func ruleFindings(_ files: [(path: String, text: String)], posture id: String? = nil) -> [Finding] {
  let program = Program(
    files: files.map { SourceFile(path: $0.path, text: $0.text) },
    options: ProgramOptions(libraries: ModelledLibraries(.builtIn)))
  let runner = RuleRunner(isSelected: { _ in true })
  let options = RuleOptions(headersAtProxy: false, fastAPIVersion: nil, requiredDependency: nil)
  let model = APIReader.read(
    program,
    options: APIReaderOptions(
      fastAPIVersion: nil, pydanticVersion: nil, roles: [.production], publicOperations: [], trustedGuards: [],
      ownerFields: []))
  let outcomes = program.modules.filter { $0.role == .production }.map {
    runner.check($0, of: program, models: .builtIn)
  }
  let project = runner.makeProject(program, outcomes: outcomes, models: .builtIn, options: options)
  let others = outcomes.flatMap(\.findings) + runner.check(project)
  return RuleRunner.joined(others, runner.checkModel(model, of: project, options: options, others: others))
    .filter { !$0.id.hasPrefix("MRL52") || $0.id == id }
}
