import ArgumentParser
import MerlonBase
import MerlonScan

/// The flags of a scan that have a key of the same name in the configuration.
struct SettingArguments: ParsableArguments {
  @Option(help: "Form of the report: text, json, sarif, markdown or github.", completion: .list(Setting.formats))
  var format: String?

  @Option(help: "File for the report instead of standard output.", completion: .file())
  var output: String?

  @Option(
    help: "Least severity that makes the exit code 1: critical, high (default), medium, low, info or never.",
    completion: .list(Setting.severities))
  var failOn: String?

  @Option(
    help: "Least confidence of what is reported: proven, high, medium (default) or low.",
    completion: .list(Setting.confidences))
  var minConfidence: String?

  @Option(help: "Look only for these weaknesses: ids, names or beginnings of ids, with commas between.")
  var select: [String] = []

  @Option(help: "Do not look for these weaknesses.")
  var ignore: [String] = []

  @Option(
    help: "Report on test, script, migration or example files too; with commas between.",
    completion: .list(Setting.roles))
  var include: [String] = []

  @Option(help: "Paths to leave out, in the form of .gitignore, relative to PATH.")
  var exclude: [String] = []

  @Option(help: "A former JSON report or baseline: what it has does not count.", completion: .file())
  var baseline: String?

  @Option(help: "Write the findings of this run as a baseline.", completion: .file())
  var writeBaseline: String?

  @Option(help: "Report only what is not yet in this commit, branch or tag of the git repository.")
  var diffBase: String?

  @Flag(inversion: .prefixedNo, help: "Exit with 3 when no FastAPI application is found.")
  var requireApp: Bool?

  @Option(help: "Interpreter or virtual environment whose packages are consulted (never run).", completion: .file())
  var python: String?

  @Option(help: "Version of FastAPI to assume.")
  var fastapiVersion: String?

  @Flag(inversion: .prefixedNo, help: "Security headers are set by the proxy in front.")
  var headersAtProxy: Bool?

  @Option(help: "Larger files are not read, in bytes (default 4194304).")
  var maxFileSize: Int?

  @Option(help: "Threads; as many as processors when not given.")
  var jobs: Int?

  @Flag(inversion: .prefixedNo, help: "Let bandit's `# nosec` comments count.")
  var honourNosec: Bool?

  @Flag(inversion: .prefixedNo, help: "Every ignore must name an owner.")
  var requireIgnoreOwner: Bool?

  @Flag(inversion: .prefixedNo, help: "Every ignore must say until when it holds.")
  var requireIgnoreUntil: Bool?

  @Option(help: "When to colour the text report: auto (default), always or never.", completion: .list(Setting.colors))
  var color: String?

  @Flag(name: .shortAndLong, help: "Say nothing but the report and errors.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Tell more: every limit, what was read.")
  var verbose = false

  @Flag(help: "Tell the numbers of findings per weakness at the end.")
  var statistics = false

  @Flag(help: "List the findings that an ignore or a baseline holds back.")
  var showSuppressed = false

  /// The flags as settings.
  ///
  /// - Throws: `UsageFailure` naming every wrong value.
  func configuration(weaknesses: [(id: String, name: String)]) throws -> Configuration {
    var result = Configuration()
    result.format = format
    result.output = output
    result.failOn = failOn
    result.minConfidence = minConfidence
    result.select = list(select)
    result.ignore = list(ignore)
    result.include = list(include)
    result.exclude = exclude.isEmpty ? nil : exclude
    result.baseline = baseline
    result.writeBaseline = writeBaseline
    result.diffBase = diffBase
    result.requireApp = requireApp
    result.python = python
    result.fastapiVersion = fastapiVersion
    result.headersAtProxy = headersAtProxy
    result.maxFileSize = maxFileSize
    result.jobs = jobs
    result.honourNosec = honourNosec
    result.requireIgnoreOwner = requireIgnoreOwner
    result.requireIgnoreUntil = requireIgnoreUntil
    result.color = color
    result.quiet = quiet ? true : nil
    result.verbose = verbose ? true : nil
    result.statistics = statistics ? true : nil
    result.showSuppressed = showSuppressed ? true : nil
    let problems = Setting.all.flatMap { check($0, of: result, weaknesses: weaknesses) }
    if !problems.isEmpty { throw UsageFailure(problems.map { Problem(message: $0) }) }
    return result
  }

  private func list(_ values: [String]) -> [String]? {
    if values.isEmpty { return nil }
    return values.flatMap { $0.split { $0 == "," || $0 == " " } }.map(String.init)
  }

  private func check(
    _ setting: Setting, of configuration: Configuration, weaknesses: [(id: String, name: String)]
  ) -> [String] {
    let flag = "`--\(setting.name)`"
    switch setting.target {
    case .choice(let target, let choices):
      guard let value = configuration[keyPath: target], !choices.contains(value) else { return [] }
      return [ConfigurationReader.choiceMessage(value, among: choices, name: flag)]
    case .choices(let target, let choices):
      return (configuration[keyPath: target] ?? []).filter { !choices.contains($0) }.map {
        ConfigurationReader.choiceMessage($0, among: choices, name: flag)
      }
    case .rules(let target):
      if setting.name == "select", configuration[keyPath: target]?.isEmpty == true {
        return [RuleSelection.emptyMessage(name: flag)]
      }
      return (configuration[keyPath: target] ?? []).filter { !RuleSelection.isKnown($0, among: weaknesses) }.map {
        RuleSelection.unknownMessage($0, among: weaknesses)
      }
    case .version(let target):
      return configuration[keyPath: target].flatMap { Setting.versionFault($0, name: flag) }.map { [$0] } ?? []
    case .integer(let target, let maximum):
      guard let value = configuration[keyPath: target], !(1...maximum).contains(value) else { return [] }
      return ["\(flag) must be from 1 to \(maximum), not \(value)"]
    default: return []
    }
  }
}
