import ArgumentParser
import MerlonBase
import MerlonModels
import MerlonProgram
import MerlonRules

struct DumpFindingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "findings", abstract: "Print what the rules say of files, without configuration, ignores or reports.")

  @OptionGroup var input: FileArguments

  func run() throws {
    let sources = try input.paths().compactMap { path -> SourceFile? in
      guard let bytes = try? readFile(path) else { return nil }
      return SourceFile(path: path, bytes: bytes)
    }
    let program = Program(
      files: sources, options: ProgramOptions(threadCount: 2, libraries: ModelledLibraries(.builtIn)))
    let findings = RuleRunner(isSelected: { _ in true })
      .checkAll(
        program, models: .builtIn,
        options: RuleOptions(headersAtProxy: false, fastAPIVersion: nil, requiredDependency: nil))
    for finding in findings {
      print(
        "\(finding.location.path):\(finding.location.start.line): \(finding.id) \(finding.severity.rawValue)/\(finding.confidence.rawValue) \(finding.message)"
      )
    }
  }
}
