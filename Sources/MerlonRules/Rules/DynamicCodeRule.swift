import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for `exec` and `eval` of text that does not stand in the code, wherever it comes from: stored scripts, plug-ins
/// and uploads are programs of whoever wrote them. What a caller is seen to send is reported by `CodeInjectionRule`.
struct DynamicCodeRule: CallRule {
  static let weakness = Weakness.codeInjection
  static let concepts: [Concept] = [.executeCode]

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard call.entity.name == "builtins.exec" || call.entity.name == "builtins.eval", let code = call["code"],
      !context.isConstant(code), context.semantics.constant(of: code)?.string == nil
    else { return }
    let tree = context.tree
    let isOfTheCode = context.semantics.origins(of: code).contains { origin in
      guard tree.kind(origin) == .call, let name = context.spelledName(tree.call(origin).function) else {
        return tree.kind(origin) == .constant
      }
      // Code that the program writes itself, as for generated functions.
      return ["join", "dedent", "format"].contains { name == $0 || name.hasSuffix("." + $0) }
    }
    guard !isOfTheCode else { return }
    context.report(
      Self.weakness, at: call.node,
      "`\(call.entity.name.split(separator: ".").last ?? "exec")` runs text that is not in the code: whoever writes it runs anything",
      confidence: .medium, severity: .medium)
  }
}
