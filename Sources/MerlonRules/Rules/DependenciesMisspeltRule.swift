import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for guards that are handed to the application under a name that it does not know: `FastAPI(dependences=[…])`
/// takes any keyword and ignores it.
struct DependenciesMisspeltRule: CallRule {
  static let weakness = Weakness.dependenciesMisspelt
  static let concepts: [Concept] = [.application]

  func check(_ call: ModelledCall, in context: RuleContext) {
    let tree = context.tree
    for id in tree[tree.call(call.node).keywords] {
      let keyword = tree.keyword(id)
      guard !keyword.name.isNone else { continue }
      let name = tree.text(keyword.name)
      guard name != "dependencies", holdsDependency(keyword.value, context) else { continue }
      guard name.hasPrefix("depend") || name.hasPrefix("depen") || name == "guards" || name == "security" else {
        continue
      }
      context.report(
        Self.weakness, at: keyword.value,
        "`\(name)` is no argument of the application, which ignores it: these dependencies never run")
    }
  }

  private func holdsDependency(_ value: NodeID, _ context: RuleContext) -> Bool {
    let tree = context.tree
    guard tree.kind(value) == .list || tree.kind(value) == .tuple else {
      return context.modelledCall(value, .depends) != nil
    }
    return tree.elements(value).contains { context.modelledCall($0, .depends) != nil }
  }
}
