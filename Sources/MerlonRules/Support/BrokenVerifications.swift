import MerlonAPI
import MerlonBase
import MerlonProgram
import MerlonPython

/// Guards whose verification of a token is broken, which other rules report where it happens (MRL101 to MRL112).
///
/// One broken verification must not come back as a finding at each operation behind it, so such a guard counts as one
/// that asks who is calling.
struct BrokenVerifications {
  private var functions: [SourceLocation] = []
  private var names: Set<String> = []
  private let modules: [String: Module]
  private let program: Program?

  init(_ project: ProjectContext?, _ others: [Finding]) {
    modules = Dictionary(
      (project?.contexts ?? []).map { ($0.module.path, $0.module) }, uniquingKeysWith: { first, _ in first })
    program = project?.program
    guard let project else { return }
    let places = others.filter { Self.ids.contains($0.id) }.map(\.location)
    guard !places.isEmpty else { return }
    for context in project.contexts {
      let inside = places.filter { $0.path == context.module.path }
      guard !inside.isEmpty else { continue }
      project.program.noteLook(at: context.module)
      let tree = context.tree
      tree.walk(tree.root) { node in
        if tree.kind(node) == .functionDef || tree.kind(node) == .asyncFunctionDef {
          let place = context.module.location(node)
          if inside.contains(where: { place.range.contains($0.range) }) {
            functions.append(place)
            names.insert(tree.text(tree.functionDef(node).name))
          }
        }
        return true
      }
    }
  }

  private static let ids: Set<String> = [
    "MRL101", "MRL102", "MRL103", "MRL104", "MRL106", "MRL107", "MRL112",
  ]

  /// The route with its level as if the verification held.
  func repaired(_ route: Route) -> Route {
    guard !functions.isEmpty, route.access.level == .anonymous || route.access.level == .unknown else { return route }
    var result = route
    for index in result.dependencies.indices {
      guard let facts = result.dependencies[index].guardFacts,
        facts.gaps.contains(where: isBroken)
          || !facts.gaps.isEmpty && calls(result.dependencies[index].callable.location)
      else { continue }
      result.dependencies[index].guardFacts?.gaps = []
      result.dependencies[index].guardFacts?.enforces.insert(.authentication)
      result.dependencies[index].guardFacts?.returnsPrincipal = true
      let words = Set(SensitiveNames.words(of: result.dependencies[index].callable.qualifiedName))
      let isAboutRoles = !words.isDisjoint(with: [
        "role", "roles", "admin", "permission", "permissions", "staff", "superuser",
      ])
      if isAboutRoles { result.dependencies[index].guardFacts?.enforces.insert(.authorization) }
      if isAboutRoles || result.access.level != .authorized {
        result.access.level = isAboutRoles ? .authorized : .authenticated
      }
      result.access.enforcedBy.append(result.dependencies[index].callable.fullName)
    }
    return result
  }

  /// True when a guard's own code names a function with a broken verification.
  private func calls(_ definition: SourceLocation?) -> Bool {
    guard let definition, let module = modules[definition.path] else { return false }
    program?.noteLook(at: module)
    let tree = module.tree
    var found = false
    tree.walk(tree.root) { node in
      guard !found, tree.range(node).end > definition.range.start else { return !found }
      switch tree.kind(node) {
      case .name where definition.range.contains(tree.range(node)):
        found = names.contains(tree.text(tree.nameID(node)))
      case .attribute where definition.range.contains(tree.range(node)):
        found = names.contains(tree.text(tree.attribute(node).name))
      default: break
      }
      return !found
    }
    return found
  }

  private func isBroken(_ gap: GuardGap) -> Bool {
    guard gap.kind != .switchedOffByDefault, let place = gap.location else { return false }
    return functions.contains { $0.path == place.path && $0.range.contains(place.range) }
  }
}
