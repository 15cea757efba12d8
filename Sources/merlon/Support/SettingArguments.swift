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

  @Option(help: "A former JSON report or baseline: what it has does not count.", completion: .file())
  var baseline: String?

  @Option(help: "Write the findings of this run as a baseline.", completion: .file())
  var writeBaseline: String?

  @Option(help: "Report only what is not yet in this commit, branch or tag of the git repository.")
  var diffBase: String?

  @OptionGroup var reading: ReadingArguments

  @Flag(inversion: .prefixedNo, help: "Security headers are set by the proxy in front.")
  var headersAtProxy: Bool?

  @Flag(inversion: .prefixedNo, help: "Let bandit's `# nosec` comments count.")
  var honourNosec: Bool?

  @Flag(inversion: .prefixedNo, help: "Every ignore must name an owner.")
  var requireIgnoreOwner: Bool?

  @Flag(inversion: .prefixedNo, help: "Every ignore must say until when it holds.")
  var requireIgnoreUntil: Bool?

  @Flag(inversion: .prefixedNo, help: "Keep results for the next run, which then looks only at what has changed.")
  var cache: Bool?

  @Flag(help: "Tell the numbers of findings per weakness at the end.")
  var statistics = false

  @Flag(help: "List the findings that an ignore or a baseline holds back.")
  var showSuppressed = false

  /// The flags as settings.
  ///
  /// - Throws: `UsageFailure` naming every wrong value.
  func configuration(weaknesses: [(id: String, name: String)]) throws -> Configuration {
    var result = reading.configuration
    result.format = format
    result.output = output
    result.failOn = failOn
    result.minConfidence = minConfidence
    result.select = SettingCheck.list(select)
    result.ignore = SettingCheck.list(ignore)
    result.baseline = baseline
    result.writeBaseline = writeBaseline
    result.diffBase = diffBase
    result.headersAtProxy = headersAtProxy
    result.honourNosec = honourNosec
    result.requireIgnoreOwner = requireIgnoreOwner
    result.requireIgnoreUntil = requireIgnoreUntil
    result.cache = cache
    result.statistics = statistics ? true : nil
    result.showSuppressed = showSuppressed ? true : nil
    try SettingCheck(weaknesses: weaknesses).run(Setting.all, of: result)
    return result
  }
}
