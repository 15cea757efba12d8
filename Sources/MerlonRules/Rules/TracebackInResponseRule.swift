import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for tracebacks that are sent to the caller.
struct TracebackInResponseRule: CallRule {
  static let weakness = Weakness.tracebackInResponse
  static let concepts: [Concept] = [.httpException, .response]

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard let content = call["detail"] ?? call["content"], context.holdsTraceback(content) else { return }
    context.report(
      Self.weakness, at: content, "a traceback, with paths, source lines and values, is sent to the caller")
  }
}

/// Looks for tracebacks among what an operation returns.
struct TracebackReturnedRule: SyntaxRule {
  static let weakness = Weakness.tracebackInResponse
  static let kinds: [NodeKind] = [.return]

  func check(_ node: NodeID, in context: RuleContext) {
    let value = context.tree.value(node)
    guard !value.isNone, let function = context.module.enclosingFunction(of: node), context.isOperation(function),
      context.tree.kind(value) != .call, context.holdsTraceback(value)
    else { return }
    context.report(Self.weakness, at: value, "a traceback, with paths, source lines and values, is sent to the caller")
  }
}

extension RuleContext {
  /// True when an expression holds the text of a traceback, also through a local name inside it.
  fileprivate func holdsTraceback(_ expression: NodeID) -> Bool {
    var found = false
    tree.walk(expression) { node in
      if found { return false }
      switch tree.kind(node) {
      case .call: found = modelledCalls(node).contains { $0.has(.tracebackText) }
      case .name:
        found = semantics.origins(of: node).contains { $0 != node && callsTraceback($0) }
      default: break
      }
      return !found
    }
    return found
  }

  private func callsTraceback(_ expression: NodeID) -> Bool {
    var found = false
    tree.walk(expression) { node in
      if !found, tree.kind(node) == .call { found = modelledCalls(node).contains { $0.has(.tracebackText) } }
      return !found
    }
    return found
  }
}
