import MerlonProgram
import MerlonPython

/// The parameters of a function, read once.
final class FunctionLayout {
  struct Parameter {
    let name: String
    let kind: Signature.Kind
    let annotation: NodeID
    /// The parameter in the code.
    let node: NodeID
    let hasDefault: Bool
  }

  let parameters: [Parameter]
  let body: ListID
  /// The expression of a lambda.
  let expression: NodeID
  let returns: NodeID
  let isAsync: Bool
  let isGenerator: Bool

  init(_ node: NodeID, _ tree: Tree) {
    let arguments: NodeID
    switch tree.kind(node) {
    case .lambda:
      let parts = tree.lambda(node)
      arguments = parts.arguments
      (body, expression, returns, isAsync, isGenerator) = (ListID(0), parts.body, .none, false, false)
    default:
      let parts = tree.functionDef(node)
      arguments = parts.arguments
      (body, expression, returns) = (parts.body, .none, parts.returns)
      isAsync = tree.kind(node) == .asyncFunctionDef
      isGenerator = tree[parts.body].contains { Self.yields($0, tree) }
    }
    parameters = Self.parameters(of: arguments, tree)
  }

  private static func parameters(of arguments: NodeID, _ tree: Tree) -> [Parameter] {
    guard !arguments.isNone else { return [] }
    let parts = tree.arguments(arguments)
    var found: [Parameter] = []
    func add(_ node: NodeID, _ kind: Signature.Kind, hasDefault: Bool) {
      let arg = tree.arg(node)
      found.append(
        Parameter(
          name: tree.text(arg.name), kind: kind, annotation: arg.annotation, node: node, hasDefault: hasDefault))
    }
    let first = Array(tree[parts.positionalOnly])
    let second = Array(tree[parts.positional])
    let withoutDefault = first.count + second.count - tree[parts.defaults].count
    for (index, node) in (first + second).enumerated() {
      add(node, index < first.count ? .positionalOnly : .positionalOrKeyword, hasDefault: index >= withoutDefault)
    }
    if !parts.variadic.isNone { add(parts.variadic, .variadic, hasDefault: false) }
    for (node, value) in zip(tree[parts.keywordOnly], tree[parts.keywordDefaults]) {
      add(node, .keywordOnly, hasDefault: !value.isNone)
    }
    if !parts.keywordVariadic.isNone { add(parts.keywordVariadic, .keywordVariadic, hasDefault: false) }
    return found
  }

  static func yields(_ statement: NodeID, _ tree: Tree) -> Bool {
    var found = false
    tree.walk(statement) { node in
      switch tree.kind(node) {
      case .yield, .yieldFrom:
        found = true
        return false
      case .functionDef, .asyncFunctionDef, .classDef, .lambda: return false
      default: return !found
      }
    }
    return found
  }
}
