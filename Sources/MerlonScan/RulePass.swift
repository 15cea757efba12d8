import MerlonBase
import MerlonCatalog
import MerlonFastAPI
import MerlonModels
import MerlonProgram
import MerlonPython
import MerlonRules

/// The step between reading and reporting: builds the program and runs the rules over it, a module a task.
enum RulePass {
  /// Adds findings (without fingerprints), applications and limits to the result.
  static func run(
    on project: ReadProject, by reader: ProjectReader, options: ScanOptions, into result: inout ScanResult
  ) {
    let models = options.models
    let program = reader.program(of: project)
    let cache = ScanCache(of: project, program, options, files: reader.files)
    let runner = RuleRunner(own: models.rules) { options.selection.includes(id: $0.id, name: $0.name) }

    let modules = program.modules.filter { options.roles.contains($0.role) }
    let outcomes = WorkPool.map(count: modules.count, threads: options.threadCount) { index in
      check(modules[index], of: program, models, runner, cache)
    }
    result.findings += outcomes.flatMap(\.findings)
    let ruleOptions = RuleOptions(
      headersAtProxy: options.headersAtProxy, fastAPIVersion: project.versions.fastAPI?.version,
      requiredDependency: options.policy.requiredDependency)
    let context = runner.makeProject(program, outcomes: outcomes, models: models, options: ruleOptions)
    result.findings += runner.check(context)
    // Contexts keep what was asked of them, so rules whose looks are recorded have their own.
    let own = runner.makeProject(program, outcomes: outcomes, models: models, options: ruleOptions)
    let model = ModelPass(runner: runner, context: own, options: options, versions: project.versions, cache: cache)
    if runner.needsModel { model.run(into: &result) }
    for file in project.others { check(file, runner, cache, into: &result) }
    model.finishCache()
    result.applications = outcomes.flatMap(applications)
    if result.applications.isEmpty {
      result.limits.append(
        Limit(
          kind: "no-application",
          message: "no FastAPI or Starlette application was found: what depends on one was not checked"))
    } else {
      result.limits += project.versions.limits
    }
  }

  /// What the rules find in one module, or found when it and all that they looked at were the same.
  private static func check(
    _ module: Module, of program: Program, _ models: LibraryModels, _ runner: RuleRunner, _ cache: ScanCache?
  ) -> ModuleOutcome {
    if let known = cache?.module(module)?.outcome(of: module, models: models) { return known }
    let (outcome, looks) = program.recordingLooks { runner.check(module, of: program, models: models) }
    cache?.store(CachedModule(outcome), of: module, looks: looks)
    return outcome
  }

  private static func check(
    _ file: OtherFile, _ runner: RuleRunner, _ cache: ScanCache?, into result: inout ScanResult
  ) {
    guard let kind = DeploymentFile.Kind(file.kind) else { return }
    var found = cache?.file(file.path, digest: file.digest)
    if found == nil {
      let outcome = runner.check(DeploymentFile(path: file.path, kind: kind, bytes: file.bytes))
      let made = FindingsAndLimits(findings: outcome.findings, limits: outcome.limits)
      cache?.store(made, ofFile: file.path, digest: file.digest)
      found = made
    }
    result.findings += found?.findings ?? []
    result.limits += found?.limits ?? []
  }

  /// The applications that a module makes, by the name that each is given.
  private static func applications(_ outcome: ModuleOutcome) -> [ScannedApplication] {
    let module = outcome.module
    return (outcome.calls[.application] ?? []).map { call in
      let scope = module.qualifiedName(ofScopeAt: call.node)
      let name = assignedName(of: call.node, in: module).map { "\(scope).\($0)" } ?? scope
      return ScannedApplication(name: name, kind: call.entity.name, location: module.location(call.node))
    }
  }

  private static func assignedName(of call: NodeID, in module: Module) -> String? {
    let tree = module.tree
    let statement = module.enclosingStatement(of: call)
    let target: NodeID?
    switch tree.kind(statement) {
    case .assign: target = tree[tree.assign(statement).targets].first
    case .annAssign: target = tree.annAssign(statement).target
    default: target = nil
    }
    return target.map { tree.text($0) }
  }
}

extension DeploymentFile.Kind {
  /// The kind that deployment rules know, where they know one.
  fileprivate init?(_ kind: FileKind) {
    switch kind {
    case .dockerfile: self = .dockerfile
    case .compose: self = .compose
    case .procfile: self = .procfile
    case .makefile: self = .makefile
    case .shell: self = .shellScript
    case .systemd: self = .systemdUnit
    case .environment: self = .environmentFile
    case .yaml: self = .kubernetes
    default: return nil
    }
  }
}
