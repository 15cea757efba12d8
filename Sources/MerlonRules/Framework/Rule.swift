package import MerlonAPI
package import MerlonCatalog
package import MerlonPython

/// How one weakness is found in code. What it is stands in the catalogue; a rule's file holds only how to see it.
///
/// Rules are values without state: one instance serves every module and every thread.
package protocol Rule: Sendable {
  /// The weakness that the rule reports.
  static var weakness: Weakness { get }
  init()
}

/// A rule that looks at single nodes. It is called for every node of its kinds, in source order.
package protocol SyntaxRule: Rule {
  static var kinds: [NodeKind] { get }
  func check(_ node: NodeID, in context: RuleContext)
}

/// A rule that looks at calls whose meaning a library model knows.
package protocol CallRule: Rule {
  static var concepts: [Concept] { get }
  func check(_ call: ModelledCall, in context: RuleContext)
}

/// A rule that looks at the project as a whole, after all modules.
package protocol ProjectRule: Rule {
  func check(_ project: ProjectContext)
}

/// A rule that looks at what lies beside the code: container files, command lines, unit files.
package protocol DeploymentRule: Rule {
  func check(_ file: DeploymentFile, in context: DeploymentContext)
}

/// A rule that looks at the model of the project's API: operations, what guards them, what they do.
package protocol ModelRule: Rule {
  func check(_ model: APIModel, in context: ModelContext)
}
