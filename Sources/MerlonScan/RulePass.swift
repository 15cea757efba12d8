import MerlonAPI
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
    let runner = RuleRunner(own: models.rules) { options.selection.includes(id: $0.id, name: $0.name) }

    let modules = program.modules.filter { options.roles.contains($0.role) }
    let outcomes = WorkPool.map(count: modules.count, threads: options.threadCount) { index in
      runner.check(modules[index], of: program, models: models)
    }
    result.findings += outcomes.flatMap(\.findings)
    let ruleOptions = RuleOptions(
      headersAtProxy: options.headersAtProxy, fastAPIVersion: project.versions.fastAPI?.version,
      requiredDependency: options.policy.requiredDependency)
    let context = runner.makeProject(program, outcomes: outcomes, models: models, options: ruleOptions)
    result.findings += runner.check(context)
    checkModel(runner, context, project, options, into: &result)
    for file in project.others {
      guard let kind = DeploymentFile.Kind(file.kind) else { continue }
      let outcome = runner.check(DeploymentFile(path: file.path, kind: kind, bytes: file.bytes))
      result.findings += outcome.findings
      result.limits += outcome.limits
    }
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

  /// Reads the model of the project's APIs and runs the rules that judge it. What they report lies in files that the
  /// user asked about: an application of production code may use a handler that a test file defines.
  private static func checkModel(
    _ runner: RuleRunner, _ context: ProjectContext, _ project: ReadProject, _ options: ScanOptions,
    into result: inout ScanResult
  ) {
    guard runner.needsModel else { return }
    let program = context.program
    let model = APIReader.read(
      program,
      options: APIReaderOptions(
        fastAPIVersion: project.versions.fastAPI?.version, pydanticVersion: project.versions.pydantic?.version,
        roles: options.roles, publicOperations: options.policy.publicOperations,
        trustedGuards: options.policy.trustedGuards,
        ownerFields: options.policy.ownerFields + options.policy.tenantFields, models: options.models))
    let reported = Set(program.modules.filter { options.roles.contains($0.role) }.map(\.path))
    let found = runner.checkModel(model, of: context, options: context.options, others: result.findings)
      .filter { reported.contains($0.location.path) }
    result.findings = RuleRunner.joined(result.findings, found)
    result.limits += model.limits
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
