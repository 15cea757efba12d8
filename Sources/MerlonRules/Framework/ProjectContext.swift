package import MerlonCatalog
package import MerlonModels
package import MerlonProgram
import MerlonPython

/// A modelled call with the module it stands in.
package struct LocatedCall {
  package let context: RuleContext
  package let call: ModelledCall
}

/// What a project rule sees: every production module, and all modelled calls by concept.
package final class ProjectContext {
  package let program: Program
  package let models: LibraryModels
  package let options: RuleOptions
  /// Contexts of the production modules, in path order. Reports go to the context of the module they are about.
  package let contexts: [RuleContext]
  private let callsByConcept: [Concept: [LocatedCall]]
  /// What each module does for the safety of applications, by path.
  let posturesByPath: [String: ModulePosture]

  init(
    program: Program, models: LibraryModels, options: RuleOptions, contexts: [RuleContext],
    callsByConcept: [Concept: [LocatedCall]], posturesByPath: [String: ModulePosture]
  ) {
    self.program = program
    self.models = models
    self.options = options
    self.contexts = contexts
    self.callsByConcept = callsByConcept
    self.posturesByPath = posturesByPath
  }

  /// What each application does for its safety.
  var postures: [ApplicationPosture] {
    program.noteQuestion(ProjectQuestion.postures)
    for posture in gatheredPostures { program.noteLook(at: posture.application.context.module) }
    return gatheredPostures
  }

  private lazy var gatheredPostures: [ApplicationPosture] = program.withoutLooks {
    PostureGatherer(self).postures()
  }

  /// All calls of this concept in production code, in path and source order.
  package func calls(_ concept: Concept) -> [LocatedCall] {
    program.noteQuestion(ProjectQuestion.calls, concept.rawValue)
    let calls = callsByConcept[concept] ?? []
    for located in calls { program.noteLook(at: located.context.module) }
    return calls
  }
}

/// What rules ask of all modules at once (see `Program.recordingLooks`).
enum ProjectQuestion {
  static let calls = "modelled-calls"
  static let postures = "postures"
  static let classes = "classes-named"
}

extension ProjectContext {
  /// The answer in bytes to compare; nil for questions of others.
  package func answer(_ question: Question) -> [UInt8]? {
    switch question.kind {
    case ProjectQuestion.calls:
      guard let concept = Concept(rawValue: question.subject) else { return [] }
      return text(calls(concept).map { "\($0.context.module.path) \($0.call.node.index)" })
    case ProjectQuestion.postures:
      return text(
        postures.map { "\($0.application.context.module.path) \($0.application.call.node.index) \($0.facts)" })
    case ProjectQuestion.classes:
      return text(
        classes(named: [question.subject]).values.flatMap { $0 }.map { "\($0.0.module.path) \($0.1.index)" })
    default: return nil
    }
  }

  /// The class statements with these plain names.
  func classes(named names: Set<String>) -> [String: [(RuleContext, NodeID)]] {
    var found: [String: [(RuleContext, NodeID)]] = [:]
    guard !names.isEmpty else { return found }
    for context in contexts {
      let tree = context.tree
      for scope in context.module.scopes where scope.kind == .class {
        let name = tree.text(tree.classDef(scope.node).name)
        if names.contains(name) { found[name, default: []].append((context, scope.node)) }
      }
    }
    return found
  }

  private func text(_ parts: [String]) -> [UInt8] { Array(parts.joined(separator: "\n").utf8) }
}

/// What the configuration tells the rules.
package struct RuleOptions: Sendable {
  /// Security headers are set by the proxy in front: their absence in code says nothing.
  package var headersAtProxy: Bool
  /// Version of FastAPI that the project runs on, as its lock says; nil when not known.
  package var fastAPIVersion: String?
  /// Dotted name of the dependency that every operation but the public ones must have; nil when nothing demands one.
  package var requiredDependency: String?

  package init(headersAtProxy: Bool, fastAPIVersion: String?, requiredDependency: String?) {
    self.headersAtProxy = headersAtProxy
    self.fastAPIVersion = fastAPIVersion
    self.requiredDependency = requiredDependency
  }
}
