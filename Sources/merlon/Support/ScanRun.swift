import Glibc
import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonReport
import MerlonRules
import MerlonScan

/// One run of `merlon scan`, from settings to the report and the verdict.
struct ScanRun {
  private let setup: RunSetup
  private var settings: Configuration { setup.settings }
  private var files: DiskFileSystem { setup.files }

  init(setup: RunSetup) { self.setup = setup }

  /// Scans, writes the report, and answers the verdict.
  func perform() throws -> ExitStatus {
    let progress = setup.makeProgress()
    let options = try makeOptions()
    var result: ScanResult
    var comparison: BaselineComparison?
    do {
      result = try Scanner.scan(RawPath(setup.path), options: options, files: files, progress: progress)
      if let reference = settings.diffBase {
        comparison = try keepNew(of: &result, since: reference, options: options, progress: progress)
      }
    } catch let problem as Problem {
      progress("")
      throw UsageFailure([problem])
    }
    if let path = settings.baseline { comparison = try compare(&result, withBaseline: path) }
    progress("")
    let problems = settings.writeBaseline.map { writeBaseline(of: result, to: $0) } ?? true
    return deliver(
      result, own: options.models.rules.map { Weakness($0) }, comparison: comparison, isWritten: problems)
  }

  // MARK: Options

  private func makeOptions() throws -> ScanOptions {
    let project = try setup.makeProjectOptions()
    let names = Catalogue.names + project.models.rules.map { ($0.id, $0.name) }
    for text in (settings.select ?? []) + (settings.ignore ?? []) where !RuleSelection.isKnown(text, among: names) {
      throw UsageFailure(RuleSelection.unknownMessage(text, among: names))
    }
    var options = ScanOptions(
      roles: project.roles, exclude: project.exclude, maximumFileSize: project.maximumFileSize,
      selection: RuleSelection(select: settings.select, ignore: settings.ignore ?? []),
      threadCount: project.threadCount, packagePath: project.packagePath, fastAPIVersion: project.fastAPIVersion,
      headersAtProxy: settings.headersAtProxy == true, policy: settings.policy,
      ignores: IgnoreOptions(
        policy: InlineIgnore.Policy(
          weaknesses: names, requiresOwner: settings.requireIgnoreOwner == true,
          requiresUntil: settings.requireIgnoreUntil == true, honorsNosec: settings.honourNosec == true),
        configured: settings.pathIgnores, configurationPrefix: setup.configurationPrefix, today: setup.clock.day))
    options.models = project.models
    if settings.cache != false { options.cacheFolder = Self.cacheFolder }
    return options
  }

  /// `$XDG_CACHE_HOME/merlon`, else `~/.cache/merlon`; relative paths do not count
  /// (https://specifications.freedesktop.org/basedir-spec/latest/).
  private static var cacheFolder: RawPath? {
    func folder(_ variable: String) -> RawPath? {
      guard let text = getenv(variable).map({ String(cString: $0) }), text.hasPrefix("/") else { return nil }
      return RawPath(text)
    }
    return (folder("XDG_CACHE_HOME") ?? folder("HOME")?.appending(".cache"))?.appending("merlon")
  }

  // MARK: Comparison

  private func compare(_ result: inout ScanResult, withBaseline path: String) throws -> BaselineComparison {
    do {
      let bytes = try files.read(RawPath(path), limit: 1 << 30)
      return try Baseline(reading: bytes, path: path).apply(to: &result.findings).comparison
    } catch let error as FileError {
      throw UsageFailure("the baseline `\(path)` can't be read: \(error.reason)")
    } catch let problem as Problem {
      throw UsageFailure([problem])
    }
  }

  private func keepNew(
    of result: inout ScanResult, since reference: String, options: ScanOptions,
    progress: @escaping @Sendable (String) -> Void
  ) throws -> BaselineComparison {
    let base = try GitBase.checkOut(reference, around: setup.folder, maximumFileSize: options.maximumFileSize)
    defer { base.remove() }
    progress("reading the base commit")
    // The base lies in a folder of its own each time, so that nothing could be found again.
    var options = options
    options.cacheFolder = nil
    var former = try Scanner.scan(base.folder, options: options, files: files, progress: progress)
    // Suppressed findings of the base are known too: taking a comment away is not introducing the weakness anew.
    for index in former.findings.indices { former.findings[index].suppression = nil }
    let comparison = Baseline(of: former.findings).apply(to: &result.findings).comparison
    result.findings.removeAll { $0.suppression?.kind == .baseline }
    result.limits += base.limits
    return comparison
  }

  private func writeBaseline(of result: ScanResult, to path: String) -> Bool {
    guard let reason = Terminal.writeFile(path, Baseline(of: result.findings).bytes()) else {
      if settings.quiet != true { Terminal.tell("merlon: baseline written to \(path)") }
      return true
    }
    Terminal.tell("merlon: error: the baseline `\(path)` can't be written: \(reason)")
    return false
  }

  // MARK: Report

  private func deliver(
    _ result: ScanResult, own: [Weakness], comparison: BaselineComparison?, isWritten: Bool
  ) -> ExitStatus {
    let minimum =
      Confidence(rawValue: settings.minConfidence ?? Configuration.Defaults.minConfidence) ?? .medium
    let shown = result.findings.filter { $0.confidence >= minimum }
    var isComplete = result.isComplete && isWritten
    if settings.requireApp == true, result.applications.isEmpty {
      isComplete = false
      Terminal.tell("merlon: error: no FastAPI application was found (`--require-app`)")
    } else if !result.isComplete {
      Terminal.tell("merlon: error: nothing under `\(setup.path)` could be read")
    }
    for problem in result.problems { Terminal.tell("merlon: warning: \(problem.description)") }
    let report = Report(
      toolVersion: Merlon.version, startTime: setup.clock.timestamp, root: setup.path, isComplete: isComplete,
      applications: result.applications.map {
        ApplicationFact(name: $0.name, kind: $0.kind, path: $0.location.path, line: $0.location.start.line)
      },
      findings: shown, limits: result.limits, problems: result.problems,
      statistics: Statistics(
        files: result.files, lines: result.lines, seconds: setup.seconds,
        hidden: result.findings.count - shown.count),
      baseline: comparison, weaknesses: Weakness.all + own)
    let isDelivered = write(report, of: result)
    if settings.showSuppressed == true { RunTalk.tellSuppressed(shown) }
    if settings.statistics == true { RunTalk.tellStatistics(shown) }
    if !isDelivered || !isComplete { return .incomplete }
    return verdict(on: shown)
  }

  private func write(_ report: Report, of result: ScanResult) -> Bool {
    let format = ReportFormat(rawValue: settings.format ?? Configuration.Defaults.format) ?? .text
    let locations = result.locations
    let limit = settings.maxFileSize ?? Configuration.Defaults.maxFileSize
    let options = RenderOptions(
      pathPrefix: setup.pathPrefix(result.root), usesColor: setup.usesColor(writingTo: settings.output),
      width: Terminal.width, isVerbose: settings.verbose == true
    ) { [files] path in
      locations[path].flatMap { try? files.read($0, limit: limit) }
    }
    return setup.deliver(render(report, format: format, options: options), to: settings.output)
  }

  private func verdict(on findings: [Finding]) -> ExitStatus {
    let threshold = settings.failOn ?? Configuration.Defaults.failOn
    // `never` is no severity: nothing reaches it.
    guard let least = Severity(rawValue: threshold) else { return .clean }
    return findings.contains { $0.suppression == nil && $0.severity >= least } ? .findings : .clean
  }
}
