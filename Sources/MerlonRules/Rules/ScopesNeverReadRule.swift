import MerlonAPI
import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for scopes that an operation declares and that no callable in its chain takes (`SecurityScopes`).
struct ScopesNeverReadRule: ModelRule {
  static let weakness = Weakness.scopesNeverRead

  func check(_ model: APIModel, in context: ModelContext) {
    for operation in context.operations {
      for (index, dependency) in operation.route.dependencies.enumerated() {
        guard !dependency.ownScopes.isEmpty, !dependency.isSecurityScheme, !dependency.readsScopes,
          !isReadBelow(index, operation.route.dependencies), !checks(dependency.ownScopes, operation)
        else { continue }
        let scopes = dependency.ownScopes.map { "`\($0)`" }.joined(separator: ", ")
        let name = dependency.callable.qualifiedName
        context.report(
          Self.weakness, on: operation, "the scope \(scopes) is declared, and nothing that `\(name)` calls reads it",
          subject: scopes, effects: operation.effects)
        if let place = declaration(of: dependency, outside: operation, context) {
          context.report(
            Self.weakness, on: operation, at: place,
            "the scope \(scopes) is declared here, and `\(name)` never reads it",
            subject: scopes)
        }
      }
    }
  }

  private func isReadBelow(_ index: Int, _ dependencies: [Dependency]) -> Bool {
    dependencies.indices.contains { child in
      guard dependencies[child].readsScopes else { return false }
      var current = dependencies[child].parent
      // A chain is no longer than the list; the bound guards against a cyclic model.
      for _ in dependencies.indices {
        guard let parent = current, dependencies.indices.contains(parent) else { return false }
        if parent == index { return true }
        current = dependencies[parent].parent
      }
      return false
    }
  }

  /// True when something in the chain compares with the scope by itself.
  private func checks(_ scopes: [String], _ operation: Operation) -> Bool {
    let wanted = Set(scopes)
    let facts = operation.route.dependencies.compactMap(\.guardFacts) + [operation.route.handlerFacts].compactMap { $0 }
    return facts.contains { !wanted.isDisjoint(with: $0.requirements) }
  }

  /// The `Security(…)` call in an alias of its own, where it does not stand in the operation.
  private func declaration(
    of dependency: Dependency, outside operation: Operation, _ context: ModelContext
  ) -> SourceLocation? {
    guard let project = context.project else { return nil }
    for located in project.calls(.depends) {
      let tree = located.context.tree
      guard let callable = located.call["dependency"],
        located.context.semantics.qualifiedName(of: callable) == dependency.callable.fullName,
        let scopes = located.context.strings(located.call["scopes"] ?? located.call[named: "scopes"]),
        Set(scopes) == Set(dependency.ownScopes)
      else { continue }
      let place = tree.location(tree.range(located.call.node), path: located.context.module.path)
      if let handler = operation.definition, handler.path == place.path, handler.start <= place.start,
        place.end <= handler.end
      {
        return nil
      }
      return place
    }
    return nil
  }
}
