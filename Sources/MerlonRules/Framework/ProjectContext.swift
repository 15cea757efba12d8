package import MerlonCatalog
package import MerlonModels
package import MerlonProgram

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

  init(
    program: Program, models: LibraryModels, options: RuleOptions, contexts: [RuleContext],
    callsByConcept: [Concept: [LocatedCall]]
  ) {
    self.program = program
    self.models = models
    self.options = options
    self.contexts = contexts
    self.callsByConcept = callsByConcept
  }

  /// What each application does for its safety, gathered once.
  private(set) lazy var postures: [ApplicationPosture] = PostureGatherer(self).postures()

  /// All calls of this concept in production code, in path and source order.
  package func calls(_ concept: Concept) -> [LocatedCall] { callsByConcept[concept] ?? [] }
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
