import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for secrets with a default in the source that are read through a helper of the project:
/// `get_env_value("TOKEN_SECRET", "default")` around `os.getenv`.
struct SecretDefaultOfWrapperRule: ProjectRule {
  static let weakness = Weakness.secretWithPublicDefault

  /// A function that hands its parameters on to the environment.
  private struct Wrapper {
    var nameIndex: Int
    var defaultIndex: Int
    var nameParameter: String
    var defaultParameter: String
  }

  func check(_ project: ProjectContext) {
    var wrappers: [Definition: Wrapper] = [:]
    for located in project.calls(.environmentValue) {
      let context = located.context
      guard let function = context.module.enclosingFunction(of: located.call.node),
        let wrapper = wrapper(function, located.call, context)
      else { continue }
      wrappers[Definition(module: context.module.id, node: function)] = wrapper
    }
    guard !wrappers.isEmpty else { return }
    let names = Set(
      wrappers.keys.compactMap { key in
        project.program.module(key.module).map { $0.tree.text($0.tree.functionDef(key.node).name) }
      })
    for context in project.contexts { check(context, wrappers, names) }
  }

  private func check(_ context: RuleContext, _ wrappers: [Definition: Wrapper], _ names: Set<String>) {
    let tree = context.tree
    tree.walk(tree.root) { node in
      guard tree.kind(node) == .call, let spelled = context.spelledName(tree.call(node).function),
        names.contains(spelled.split(separator: ".").last.map(String.init) ?? spelled)
      else { return true }
      for target in context.semantics.resolveCalls(node) {
        guard case .function(let definition) = target.kind, let wrapper = wrappers[definition] else { continue }
        let shift = target.isBound ? 1 : 0
        if let name = context.string(
          context.semantics.argument(wrapper.nameIndex - shift, wrapper.nameParameter, of: node)),
          let fallback = context.semantics.argument(wrapper.defaultIndex - shift, wrapper.defaultParameter, of: node),
          let kind = SensitiveNames.kind(of: name), let text = context.string(fallback),
          SecretValues.looksLikeSecret(text, called: name)
        {
          context.report(
            Self.weakness, at: fallback,
            "when `\(name)` is not set, the service runs with a secret that everyone can read in the source",
            confidence: kind == .signingKey ? .high : .medium)
        }
      }
      return true
    }
  }

  /// Which parameters are the variable's name and its default: those that the call gets, or that the function returns.
  private func wrapper(_ function: NodeID, _ call: ModelledCall, _ context: RuleContext) -> Wrapper? {
    let tree = context.tree
    guard tree.kind(function) == .functionDef || tree.kind(function) == .asyncFunctionDef else { return nil }
    let parts = tree.arguments(tree.functionDef(function).arguments)
    let parameters = (Array(tree[parts.positionalOnly]) + Array(tree[parts.positional])).map {
      tree.text(tree.arg($0).name)
    }
    guard let name = call["name"], tree.kind(name) == .name,
      let nameIndex = parameters.firstIndex(of: tree.text(tree.nameID(name)))
    else { return nil }
    let given = call["default"].flatMap { tree.kind($0) == .name ? tree.text(tree.nameID($0)) : nil }
    let candidates = [given].compactMap(\.self) + parameters.filter { $0.contains("default") || $0 == "fallback" }
    guard let chosen = candidates.first, let index = parameters.firstIndex(of: chosen), index != nameIndex else {
      return nil
    }
    return Wrapper(
      nameIndex: nameIndex, defaultIndex: index, nameParameter: parameters[nameIndex], defaultParameter: chosen)
  }
}
