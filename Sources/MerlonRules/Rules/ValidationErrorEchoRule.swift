import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for handlers of validation errors that send the rejected input back.
struct ValidationErrorEchoRule: SyntaxRule {
  static let weakness = Weakness.validationErrorEcho
  static let kinds: [NodeKind] = [.functionDef, .asyncFunctionDef]

  func check(_ node: NodeID, in context: RuleContext) {
    let tree = context.tree
    guard let exception = exceptionParameter(node, context) else { return }
    context.walkOwnBody(node) { call in
      guard tree.kind(call) == .call, context.modelledCalls(call).contains(where: { $0.has(.response) }),
        let content = context.modelledCalls(call).first(where: { $0.has(.response) })?["content"],
        let place = echo(in: content, exception, context)
      else { return }
      context.report(
        Self.weakness, at: place, "the answer repeats what the caller sent, with passwords and tokens in it")
    }
  }

  /// The parameter that takes the error of a function that handles `RequestValidationError`.
  private func exceptionParameter(_ function: NodeID, _ context: RuleContext) -> String? {
    let isHandler = context.decoratorCalls(function).contains { call in
      call.has(.exceptionHandlerRegistration)
        && call["exceptionClass"].map { context.denotes($0, .requestValidationError) } == true
    }
    for parameter in context.parameters(function) {
      if !parameter.annotation.isNone, context.denotes(parameter.annotation, .requestValidationError) {
        return parameter.name
      }
    }
    guard isHandler, context.parameters(function).count >= 2 else { return nil }
    return context.parameters(function)[1].name
  }

  /// `exc.errors()` or `exc.body` used whole: not picked apart by a comprehension over chosen keys.
  private func echo(in content: NodeID, _ exception: String, _ context: RuleContext) -> NodeID? {
    let tree = context.tree
    var found: NodeID?
    for origin in [content] + context.semantics.origins(of: content) {
      tree.walk(origin) { node in
        if found != nil { return false }
        switch tree.kind(node) {
        case .listComp, .generatorExp, .dictComp, .setComp: return false
        case .call:
          let call = tree.call(node)
          guard tree.kind(call.function) == .attribute else { return true }
          let attribute = tree.attribute(call.function)
          if tree.text(attribute.name) == "errors", context.isName(attribute.value, exception),
            context.bool(context.keyword("include_input", of: node)) != false
          {
            found = node
          }
        case .attribute:
          let attribute = tree.attribute(node)
          if tree.text(attribute.name) == "body", context.isName(attribute.value, exception) { found = node }
        default: break
        }
        return found == nil
      }
    }
    return found
  }
}
