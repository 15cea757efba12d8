package import MerlonAPI
package import MerlonBase
package import MerlonCatalog
package import MerlonModels
package import MerlonProgram
import MerlonPython

/// Runs rules over a program: one walk a module serves all of them.
package struct RuleRunner: Sendable {
  private let syntaxRules: [[any SyntaxRule]]
  private let callRules: [Concept: [any CallRule]]
  private let projectRules: [any ProjectRule]
  private let modelRules: [any ModelRule]
  private let deploymentRules: [any DeploymentRule]
  private let ownRules: [FlowRule]

  /// - Parameters:
  ///   - own: rules that the models of the project declare.
  ///   - isSelected: whether findings of a weakness are wanted at all.
  package init(own: [OwnRule] = [], isSelected: (Weakness) -> Bool) {
    var syntaxRules = [[any SyntaxRule]](repeating: [], count: NodeKind.allCases.count)
    var callRules: [Concept: [any CallRule]] = [:]
    var projectRules: [any ProjectRule] = []
    var modelRules: [any ModelRule] = []
    var deploymentRules: [any DeploymentRule] = []
    for rule in RuleRegistry.all where isSelected(type(of: rule).weakness) {
      if let rule = rule as? any SyntaxRule {
        for kind in type(of: rule).kinds { syntaxRules[Int(kind.rawValue)].append(rule) }
      }
      if let rule = rule as? any CallRule {
        for concept in type(of: rule).concepts { callRules[concept, default: []].append(rule) }
      }
      if let rule = rule as? any ProjectRule { projectRules.append(rule) }
      if let rule = rule as? any ModelRule { modelRules.append(rule) }
      if let rule = rule as? any DeploymentRule { deploymentRules.append(rule) }
    }
    ownRules = own.map(FlowRule.init).filter { isSelected($0.weakness) }
    self.syntaxRules = syntaxRules
    self.callRules = callRules
    self.projectRules = projectRules
    self.modelRules = modelRules
    self.deploymentRules = deploymentRules
  }

  /// The findings of one module, and its modelled calls for the project rules.
  package func check(
    _ module: Module, of program: Program, models: LibraryModels
  ) -> ModuleOutcome {
    program.noteLook(at: module)
    let context = RuleContext(program: program, module: module, models: models)
    var calls: [Concept: [ModelledCall]] = [:]
    let tree = module.tree
    tree.walk(tree.root) { node in
      let kind = tree.kind(node)
      for rule in syntaxRules[Int(kind.rawValue)] { rule.check(node, in: context) }
      if kind == .call {
        for call in context.modelledCalls(node) {
          for concept in call.entity.concepts {
            calls[concept, default: []].append(call)
            for rule in callRules[concept] ?? [] { rule.check(call, in: context) }
          }
        }
      }
      return true
    }
    let posture = projectRules.isEmpty && modelRules.isEmpty ? nil : ModulePosture(context)
    return ModuleOutcome(
      module: module, findings: deduplicated(context.takeFindings()), calls: calls, posture: posture)
  }

  /// What project and model rules see, made from what the walks over the modules gave.
  package func makeProject(
    _ program: Program, outcomes: [ModuleOutcome], models: LibraryModels, options: RuleOptions
  ) -> ProjectContext {
    var calls: [Concept: [LocatedCall]] = [:]
    var contexts: [RuleContext] = []
    for outcome in outcomes {
      let context = RuleContext(program: program, module: outcome.module, models: models)
      contexts.append(context)
      for (concept, found) in outcome.calls {
        calls[concept, default: []] += found.map { LocatedCall(context: context, call: $0) }
      }
    }
    return ProjectContext(
      program: program, models: models, options: options, contexts: contexts, callsByConcept: calls,
      posturesByPath: Dictionary(
        outcomes.map { ($0.module.path, $0.posture ?? ModulePosture()) }, uniquingKeysWith: { first, _ in first }))
  }

  /// The findings of rules that look at the whole project.
  package func check(_ project: ProjectContext) -> [Finding] {
    for rule in projectRules { rule.check(project) }
    return deduplicated(project.contexts.flatMap { $0.takeFindings() })
  }

  /// The findings of rules that look at the model of the API.
  ///
  /// - Parameters:
  ///   - project: the code that the model was read from; nil for a model of another origin.
  ///   - others: what the other rules found.
  package func checkModel(
    _ model: APIModel, of project: ProjectContext?, options: RuleOptions, others: [Finding]
  ) -> [Finding] {
    guard needsModel, !model.applications.isEmpty || !model.looseFlows.isEmpty else { return [] }
    let context = ModelContext(model: model, project: project, options: options, others: others)
    for rule in modelRules { rule.check(model, in: context) }
    for rule in ownRules { rule.check(in: context) }
    return context.takeFindings()
  }

  /// True when a rule wants the model of the API, which takes a while to make.
  package var needsModel: Bool { !modelRules.isEmpty || !ownRules.isEmpty }

  /// The findings of one file beside the code.
  package func check(_ file: DeploymentFile) -> (findings: [Finding], limits: [Limit]) {
    let context = DeploymentContext(file: file)
    for rule in deploymentRules { rule.check(file, in: context) }
    return (deduplicated(context.findings), context.limits)
  }

  /// One finding a weakness and place: two rules, or two concepts of one call, can see the same thing.
  private func deduplicated(_ findings: [Finding]) -> [Finding] {
    struct Key: Hashable {
      let id: String
      let location: SourceLocation
    }
    var seen: Set<Key> = []
    return findings.filter { seen.insert(Key(id: $0.id, location: $0.location)).inserted }
  }
}

/// What the walk over one module gave.
package struct ModuleOutcome: Sendable {
  package let module: Module
  package var findings: [Finding]
  /// Modelled calls by concept, in source order.
  package let calls: [Concept: [ModelledCall]]
  /// What the module does for the safety of applications; nil when no rule asks.
  package let posture: ModulePosture?

  package init(
    module: Module, findings: [Finding], calls: [Concept: [ModelledCall]], posture: ModulePosture?
  ) {
    self.module = module
    self.findings = findings
    self.calls = calls
    self.posture = posture
  }
}

extension RuleRunner {
  /// Checks a whole program on the calling thread: for tests and single files; `MerlonScan` spreads modules over threads.
  package func checkAll(_ program: Program, models: LibraryModels, options: RuleOptions) -> [Finding] {
    let outcomes = program.modules.filter { $0.role == .production }.map { check($0, of: program, models: models) }
    return outcomes.flatMap(\.findings)
      + check(makeProject(program, outcomes: outcomes, models: models, options: options))
  }
}
