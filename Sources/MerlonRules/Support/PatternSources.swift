import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython
import MerlonRegex

/// The patterns that a call may be given, as far as the code states them: a constant, or what the displays hold over
/// which the loop or comprehension around the call runs.
struct PatternSources {
  struct Pattern {
    var text: String
    var isBytes: Bool
    /// The literal where it stands in this module, else the argument.
    var node: NodeID
  }

  /// Longest list of patterns that is looked at.
  private static let limit = 1_000

  let context: RuleContext

  private var tree: Tree { context.tree }
  private var module: Module { context.module }

  func patterns(_ argument: NodeID) -> [Pattern] {
    if let pattern = pattern(context.constant(argument), at: argument) { return [pattern] }
    guard tree.kind(argument) == .name, let symbol = module.symbol(of: argument) else { return [] }
    let bindings = module.bindings(of: symbol, limit: 2)
    guard bindings.count == 1, let binding = bindings.first,
      binding.kind == .forTarget || binding.kind == .comprehensionTarget
    else { return [] }
    var result: [Pattern] = []
    for display in displays(binding.value) {
      for element in elements(of: display, iteratedBy: binding.value) where result.count < Self.limit {
        guard let element = item(binding.path, of: element) else { continue }
        if let pattern = pattern(context.constant(element), at: element) { result.append(pattern) }
      }
    }
    return result
  }

  private func pattern(_ value: ConstantValue?, at node: NodeID) -> Pattern? {
    switch value {
    case .string(let text)?: return Pattern(text: text, isBytes: false, node: node)
    case .bytes(let bytes)?:
      var text = ""
      text.unicodeScalars.append(contentsOf: bytes.map { Unicode.Scalar($0) })
      return Pattern(text: text, isBytes: true, node: node)
    default: return nil
    }
  }

  // MARK: Displays

  /// The displays that an iterable was written as: itself, the values of a name, or those of a field of the class.
  private func displays(_ iterable: NodeID) -> [NodeID] {
    switch tree.kind(iterable) {
    case .list, .tuple, .set, .dict: return [iterable]
    case .name:
      guard let symbol = module.symbol(of: iterable) else { return [] }
      return displays(module.bindings(of: symbol, limit: 8))
    case .attribute:
      let attribute = tree.attribute(iterable)
      guard let owner = classNode(attribute.value), let scope = module.scope(openedBy: owner),
        let symbol = module.symbol(named: tree.text(attribute.name), in: scope)
      else { return [] }
      return displays(module.bindings(of: symbol, limit: 8))
    case .call:
      // `patterns.items()`, `enumerate(patterns)` and the like: the way into the element is read from `iteratedBy`.
      let function = tree.call(iterable).function
      guard tree.kind(function) == .attribute, isView(function) else { return [] }
      let base = tree.attribute(function).value
      guard tree.kind(base) != .call else { return [] }
      return displays(base).filter { tree.kind($0) == .dict }
    default: return []
    }
  }

  private func displays(_ bindings: [Binding]) -> [NodeID] {
    bindings.map(\.value).filter { !$0.isNone && [.list, .tuple, .set, .dict].contains(tree.kind($0)) }
  }

  private func isView(_ function: NodeID) -> Bool {
    ["items", "values", "keys"].contains(tree.text(tree.attribute(function).name))
  }

  /// The class that `self`, `cls` or a name of a class stands for.
  private func classNode(_ owner: NodeID) -> NodeID? {
    guard tree.kind(owner) == .name else { return nil }
    if let definition = context.semantics.definition(of: owner), definition.module == module.id,
      tree.kind(definition.node) == .classDef
    {
      return definition.node
    }
    guard ["self", "cls"].contains(tree.text(tree.nameID(owner))) else { return nil }
    return module.enclosingClass(of: owner)
  }

  /// What a loop over a display runs through: elements, keys, values, or pairs of both.
  private func elements(of display: NodeID, iteratedBy iterable: NodeID) -> [Element] {
    guard tree.kind(display) == .dict else { return tree.elements(display).map { Element.node($0) } }
    let dict = tree.dict(display)
    let pairs = zip(tree[dict.keys], tree[dict.values])
    var view = "keys"
    if tree.kind(iterable) == .call { view = tree.text(tree.attribute(tree.call(iterable).function).name) }
    return pairs.map { key, value in
      switch view {
      case "items": .pair(key, value)
      case "values": .node(value)
      default: .node(key)
      }
    }
  }

  private enum Element {
    case node(NodeID)
    case pair(NodeID, NodeID)
  }

  /// The part of an element that an unpacking target is given.
  private func item(_ path: UnpackPath, of element: Element) -> NodeID? {
    var positions = path.positions[...]
    var node: NodeID
    switch element {
    case .node(let whole): node = whole
    case .pair(let key, let value):
      guard case let first?? = positions.popFirst(), first < 2 else { return nil }
      node = first == 0 ? key : value
    }
    while let position = positions.popFirst() {
      guard let position, [.list, .tuple].contains(tree.kind(node)) else { return nil }
      let parts = Array(tree.elements(node))
      guard position < parts.count else { return nil }
      node = parts[position]
    }
    return node.isNone ? nil : node
  }
}
