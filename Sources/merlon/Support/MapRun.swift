import MerlonAPI
import MerlonBase
import MerlonReport
import MerlonScan

/// One run of `merlon map`, from settings to the map and the verdict.
struct MapRun {
  private let setup: RunSetup
  private var settings: Configuration { setup.settings }
  private var format: MapFormat { MapFormat(rawValue: settings.map.format ?? Configuration.Defaults.format) ?? .text }

  init(setup: RunSetup) { self.setup = setup }

  /// Maps, writes the map or what differs, and answers the verdict.
  func perform() throws -> ExitStatus {
    try checkCombinations()
    let options = MapOptions(
      project: try setup.makeProjectOptions(), fallsBackToAllRoles: settings.include == nil, policy: settings.policy)
    let progress = setup.makeProgress()
    defer { progress("") }
    do {
      // A document that can't be had is told before any work is done.
      let document = try settings.map.openapi.map { try OpenAPISource.load($0, files: setup.files) }
      let result = try Mapper.map(RawPath(setup.path), options: options, files: setup.files, progress: progress)
      if settings.map.app != nil { try checkApplication(of: result.model) }
      if let name = settings.map.openapi, let document {
        return compare(result, with: document, name: name, progress: progress)
      }
      if let reference = settings.diffBase {
        return try compare(result, since: reference, options: options, progress: progress)
      }
      return try deliver(result, progress: progress)
    } catch let problem as Problem {
      progress("")
      throw UsageFailure([problem])
    }
  }

  private func checkCombinations() throws {
    guard settings.map.openapi != nil || settings.diffBase != nil else { return }
    guard settings.map.openapi == nil || settings.diffBase == nil else {
      throw UsageFailure("`--diff-base` and `--openapi` exclude each other")
    }
    guard !DifferenceReport.formats.contains(format) else { return }
    let choices = DifferenceReport.formats.map(\.rawValue).joined(separator: ", ")
    throw UsageFailure("what differs can't be had as `\(format.rawValue)`; expected \(choices)")
  }

  // MARK: Selection

  private var filter: RouteFilter {
    let map = settings.map
    return RouteFilter(
      application: map.app, isUnprotectedOnly: map.unprotected == true, methods: map.method ?? [], tags: map.tag ?? [],
      roles: map.role ?? [], paths: map.path ?? [])
  }

  /// The filters as a user would write them.
  private var selection: [String] {
    let map = settings.map
    var words = map.app.map { ["--app", $0] } ?? []
    if map.unprotected == true { words.append("--unprotected") }
    let lists = [("--method", map.method), ("--tag", map.tag), ("--role", map.role), ("--path", map.path)]
    for (flag, values) in lists {
      for value in values ?? [] { words += [flag, value] }
    }
    return words
  }

  private func checkApplication(of model: APIModel) throws {
    guard let name = settings.map.app else { return }
    let names = model.applications.map(\.qualifiedName)
    guard !names.contains(name) else { return }
    let advice =
      Nearest.match(for: name, among: names).map { "did you mean `\($0)`?" }
      ?? (names.isEmpty ? "none was found" : "found: " + names.joined(separator: ", "))
    throw UsageFailure("no application is called `\(name)` (`--app`); \(advice)")
  }

  // MARK: The map

  private func deliver(_ result: MapResult, progress: (String) -> Void) throws -> ExitStatus {
    var (model, hidden) = filter.apply(to: result.model)
    if format == .openapi { model.applications = [try documented(of: model)] }
    progress("")
    let isComplete = isComplete(result)
    let report = MapReport(
      toolVersion: Merlon.version, startTime: setup.clock.timestamp, root: setup.path, isComplete: isComplete,
      model: model, limits: result.limits,
      statistics: MapStatistics(
        files: result.files, lines: result.lines, seconds: setup.seconds, hidden: hidden),
      selection: selection,
      fastAPI: result.versions.fastAPI.map { FrameworkFact(version: $0.version, source: $0.source) },
      pydantic: result.versions.pydantic.map { FrameworkFact(version: $0.version, source: $0.source) })
    let isDelivered = setup.deliver(
      render(report, format: format, options: renderOptions(result)), to: settings.map.output)
    return isDelivered && isComplete ? .clean : .incomplete
  }

  /// A document describes one application.
  private func documented(of model: APIModel) throws -> Application {
    let served = model.applications.filter { !$0.isMounted }
    let candidates = settings.map.app == nil && !served.isEmpty ? served : model.applications
    if let only = candidates.first, candidates.count == 1 { return only }
    guard !candidates.isEmpty else {
      throw UsageFailure("no application was found that a document could be written for")
    }
    let names = candidates.map(\.qualifiedName).joined(separator: ", ")
    throw UsageFailure("there are several applications; choose one with `--app`: \(names)")
  }

  private func renderOptions(_ result: MapResult) -> MapRenderOptions {
    MapRenderOptions(
      pathPrefix: setup.pathPrefix(result.root), usesColor: setup.usesColor(writingTo: settings.map.output),
      width: Terminal.outputIsTerminal && settings.map.output == nil ? Terminal.width : nil,
      isVerbose: settings.verbose == true)
  }

  private func isComplete(_ result: MapResult) -> Bool {
    if settings.requireApp == true, result.model.applications.isEmpty {
      Terminal.tell("merlon: error: no FastAPI application was found (`--require-app`)")
      return false
    }
    if !result.isComplete { Terminal.tell("merlon: error: nothing under `\(setup.path)` could be read") }
    return result.isComplete
  }

  // MARK: Differences

  private func compare(
    _ result: MapResult, since reference: String, options: MapOptions, progress: @escaping @Sendable (String) -> Void
  ) throws -> ExitStatus {
    let base = try GitBase.checkOut(
      reference, around: setup.folder, maximumFileSize: options.project.maximumFileSize)
    defer { base.remove() }
    progress("reading the base commit")
    let path = RawPath(setup.path)
    let former: MapResult?
    do throws(Problem) {
      former = try Mapper.map(
        setup.folder == path ? base.folder : base.folder.appending(path.name), options: options, files: setup.files)
    } catch {
      // The path did not exist then: everything is new.
      former = nil
    }
    let selected = RouteFilter(application: settings.map.app)
    let old = selected.apply(to: former?.model ?? APIModel()).model
    let new = selected.apply(to: result.model).model
    let changes = APIDifference.all(of: ExposureChange.all(from: old, to: new))
    return deliver(
      changes, .change(since: reference), before: old, after: new, limits: result.limits + base.limits, of: result,
      progress: progress)
  }

  private func compare(
    _ result: MapResult, with document: JSONValue, name: String, progress: (String) -> Void
  ) -> ExitStatus {
    let published = OpenAPIReader.read(document, name: name)
    let code = RouteFilter(application: settings.map.app).apply(to: result.model).model
    let differences = APIDifference.all(of: APIComparison(code: code, document: published))
    return deliver(
      differences, .document(name), before: published, after: code, limits: result.limits + published.limits,
      of: result, progress: progress)
  }

  private func deliver(
    _ differences: [APIDifference], _ subject: DifferenceReport.Subject, before: APIModel, after: APIModel,
    limits: [Limit], of result: MapResult, progress: (String) -> Void
  ) -> ExitStatus {
    progress("")
    let filter = filter
    let shown = differences.filter { difference in
      guard filter.selectsRoutes else { return true }
      var route = difference.route
      if !route.methods.isEmpty { route.methods = [difference.method] }
      return filter.selected(route) != nil
    }
    let isComplete = isComplete(result)
    let report = DifferenceReport(
      toolVersion: Merlon.version, startTime: setup.clock.timestamp, root: setup.path, isComplete: isComplete,
      subject: subject, differences: shown, before: count(before), after: count(after), limits: limits)
    let isDelivered = setup.deliver(
      render(report, format: format, options: renderOptions(result)), to: settings.map.output)
    guard isDelivered, isComplete else { return .incomplete }
    // `never` is no severity: nothing reaches it.
    guard let least = Severity(rawValue: settings.failOn ?? Configuration.Defaults.failOn) else { return .clean }
    return shown.contains { $0.severity >= least } ? .findings : .clean
  }

  private func count(_ model: APIModel) -> Int {
    model.applications.filter { !$0.isMounted }.flatMap(\.routes).reduce(0) { $0 + max(1, $1.methods.count) }
  }
}
