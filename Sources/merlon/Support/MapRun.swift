import MerlonAPI
import MerlonBase
import MerlonReport
import MerlonScan

/// One run of `merlon map`, from settings to the map and the verdict.
struct MapRun {
  private let setup: RunSetup
  private var settings: Configuration { setup.settings }

  init(setup: RunSetup) { self.setup = setup }

  /// Maps, writes the map, and answers the verdict.
  func perform() throws -> ExitStatus {
    let progress = setup.makeProgress()
    let options = MapOptions(
      project: try setup.makeProjectOptions(), fallsBackToAllRoles: settings.include == nil, policy: settings.policy)
    let result: MapResult
    do {
      result = try Mapper.map(RawPath(setup.path), options: options, files: setup.files, progress: progress)
    } catch {
      progress("")
      throw UsageFailure([error])
    }
    progress("")
    return deliver(result)
  }

  private func deliver(_ result: MapResult) -> ExitStatus {
    var isComplete = result.isComplete
    if settings.requireApp == true, result.model.applications.isEmpty {
      isComplete = false
      Terminal.tell("merlon: error: no FastAPI application was found (`--require-app`)")
    } else if !result.isComplete {
      Terminal.tell("merlon: error: nothing under `\(setup.path)` could be read")
    }
    let report = MapReport(
      toolVersion: Merlon.version, startTime: setup.clock.timestamp, root: setup.path, isComplete: isComplete,
      model: result.model, limits: result.limits,
      statistics: MapStatistics(files: result.files, lines: result.lines, seconds: setup.seconds, hidden: 0),
      fastAPI: result.versions.fastAPI.map { FrameworkFact(version: $0.version, source: $0.source) },
      pydantic: result.versions.pydantic.map { FrameworkFact(version: $0.version, source: $0.source) })
    let options = MapRenderOptions(
      pathPrefix: setup.pathPrefix(result.root), usesColor: setup.usesColor(writingTo: settings.map.output),
      width: Terminal.width, isVerbose: settings.verbose == true)
    let format = MapFormat(rawValue: settings.map.format ?? Configuration.Defaults.format) ?? .text
    let isDelivered = setup.deliver(render(report, format: format, options: options), to: settings.map.output)
    return isDelivered && isComplete ? .clean : .incomplete
  }
}
