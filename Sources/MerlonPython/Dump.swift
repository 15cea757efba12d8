import MerlonBase

/// The form in which `Tree.appendDump` writes.
public struct DumpStyle: Sendable {
  /// Minor version of Python 3 whose `ast.dump` is imitated, 8 to 14.
  public var pythonMinor: Int
  /// Whether nodes below an f-string get positions. Before 3.12 CPython gives inexact ones, so that a comparison with
  /// those versions leaves them out on both sides.
  public var positionsInsideFStrings: Bool

  public init(pythonMinor: Int = 13, positionsInsideFStrings: Bool = true) {
    self.pythonMinor = pythonMinor
    self.positionsInsideFStrings = positionsInsideFStrings
  }
}

extension Tree {
  /// Appends the text of CPython's `ast.dump(tree, include_attributes=True)` as UTF-8.
  ///
  /// Runs without recursion, however deep the tree. Nodes that could not be parsed print as `ErrorStatement(…)` and
  /// `ErrorExpression(…)`.
  public func appendDump(_ style: DumpStyle = DumpStyle(), to output: inout [UInt8]) {
    var dumper = Dumper(tree: self, style: style)
    dumper.run(root, into: &output)
  }
}

extension Tree {
  /// Python's `repr` of a constant, as UTF-8.
  func constantRepr(_ id: NodeID) -> [UInt8] {
    var text: [UInt8] = []
    Dumper(tree: self, style: DumpStyle()).appendConstant(self[id], id, to: &text)
    return text
  }
}

private struct Dumper {
  /// What is still to be written; the last one is next.
  enum Work {
    case node(NodeID, insideFString: Bool)
    case text(StaticString)
    case name(NameID)
    /// The fields of a node from a position on, then its attributes.
    case fields(NodeID, Int, isFirst: Bool, insideFString: Bool)
    case attributes(NodeID, isFirst: Bool)
  }

  let tree: Tree
  let style: DumpStyle
  let repr: PythonRepr
  var stack: [Work] = []
  /// Line of the last position asked for: the next one is mostly on it or near.
  var lastLine = 0

  init(tree: Tree, style: DumpStyle) {
    self.tree = tree
    self.style = style
    self.repr = PythonRepr(pythonMinor: style.pythonMinor)
  }

  mutating func run(_ root: NodeID, into output: inout [UInt8]) {
    stack.append(.node(root, insideFString: false))
    while let work = stack.popLast() {
      switch work {
      case .text(let text): output.append(text)
      case .name(let name): appendName(name, to: &output)
      case .node(let id, let insideFString):
        if id.isNone {
          output.append("None")
        } else {
          output.append(NodeKind.dumpShapes[Int(tree[id].kind.rawValue)].className)
          output.append("(")
          stack.append(.fields(id, 0, isFirst: true, insideFString: insideFString))
        }
      case .fields(let id, let position, let isFirst, let insideFString):
        continueFields(of: id, from: position, isFirst: isFirst, insideFString: insideFString, to: &output)
      case .attributes(let id, let isFirst): appendAttributes(of: id, isFirst: isFirst, to: &output)
      }
    }
  }

  /// Writes fields until one holds nodes; that one and the rest go on the stack.
  private mutating func continueFields(
    of id: NodeID, from start: Int, isFirst: Bool, insideFString: Bool, to output: inout [UInt8]
  ) {
    let node = tree[id]
    let shape = NodeKind.dumpShapes[Int(node.kind.rawValue)]
    var isFirst = isFirst
    var position = start
    while position < shape.fields.count {
      let field = shape.fields[position]
      position += 1
      guard Int(field.since) <= style.pythonMinor, isShown(field, of: node, id) else { continue }
      if !isFirst { output.append(", ") }
      isFirst = false
      output.append(field.name)
      output.append("=")
      guard !append(field, of: node, id, to: &output) else { continue }
      stack.append(.fields(id, position, isFirst: false, insideFString: insideFString))
      let isInside = insideFString || node.kind == .joinedStr || node.kind == .templateStr
      pushNodes(field, of: node, insideFString: isInside)
      return
    }
    if let since = shape.positionsSince, Int(since) <= style.pythonMinor,
      style.positionsInsideFStrings || !insideFString
    {
      appendAttributes(of: id, isFirst: isFirst, to: &output)
    } else {
      output.append(")")
    }
  }

  /// Whether this version of `ast.dump` shows the field: from 3.9 on optional fields that are None are left out, from
  /// 3.13 on empty lists too.
  private func isShown(_ field: DumpField, of node: Node, _ id: NodeID) -> Bool {
    guard style.pythonMinor >= 9 else { return true }
    switch field.source {
    case .alwaysNone: return false
    case .alwaysEmpty: return style.pythonMinor < 13
    case .constantPrefix: return tree.hasUnicodePrefix(id)
    case .slot(let slot, .optionalNode), .slot(let slot, .name): return tree.slot(node, slot) != 0
    case .slot(let slot, .list), .slot(let slot, .names):
      return style.pythonMinor < 13 || !tree[ListID(tree.slot(node, slot))].isEmpty
    default: return true
    }
  }

  /// Writes a field without nodes and answers true, or answers false.
  private func append(_ field: DumpField, of node: Node, _ id: NodeID, to output: inout [UInt8]) -> Bool {
    switch field.source {
    case .slot(_, .node), .slot(_, .optionalNode), .slot(_, .list): return false
    case .slot(let slot, .name): appendName(NameID(tree.slot(node, slot)), to: &output)
    case .slot(let slot, .names):
      output.append("[")
      for (index, name) in tree[ListID(tree.slot(node, slot))].enumerated() {
        if index > 0 { output.append(", ") }
        appendName(NameID(name.index), to: &output)
      }
      output.append("]")
    case .slot(let slot, _): output.append(number: Int(tree.slot(node, slot)))
    case .context: output.append((ExpressionContext(rawValue: node.flag) ?? .load).className)
    case .binaryOperator: output.append((BinaryOperator(rawValue: node.flag) ?? .add).className)
    case .booleanOperator: output.append((BooleanOperator(rawValue: node.flag) ?? .and).className)
    case .unaryOperator: output.append((UnaryOperator(rawValue: node.flag) ?? .not).className)
    case .comparisonOperators(let slot):
      output.append("[")
      for (index, raw) in tree[ListID(tree.slot(node, slot))].enumerated() {
        if index > 0 { output.append(", ") }
        output.append((ComparisonOperator(rawValue: UInt8(truncatingIfNeeded: raw.index)) ?? .equal).className)
      }
      output.append("]")
    case .conversion:
      if node.flag == 0 { output.append("-1") } else { output.append(number: Int(node.flag)) }
    case .flag: output.append(node.flag == 0 ? "0" : "1")
    case .constantValue: appendConstant(node, id, to: &output)
    case .constantPrefix: output.append(tree.hasUnicodePrefix(id) ? "'u'" : "None")
    case .plainConstant(let slot):
      let constant = NodeID(tree.slot(node, slot))
      appendConstant(tree[constant], constant, to: &output)
    case .alwaysNone: output.append("None")
    case .alwaysEmpty: output.append("[]")
    }
    return true
  }

  private mutating func pushNodes(_ field: DumpField, of node: Node, insideFString: Bool) {
    guard case .slot(let slot, let kind) = field.source else { return }
    let value = tree.slot(node, slot)
    if kind == .list {
      push(tree[ListID(value)], opening: "[", closing: "]", insideFString: insideFString)
    } else if style.pythonMinor == 8, node.kind == .subscript, slot == 1 {
      pushOldSlice(NodeID(value), insideFString: insideFString)
    } else {
      stack.append(.node(NodeID(value), insideFString: insideFString))
    }
  }

  private mutating func push(
    _ list: NodeList, opening: StaticString, closing: StaticString, insideFString: Bool, isSliceList: Bool = false
  ) {
    stack.append(.text(closing))
    for index in list.indices.reversed() {
      if isSliceList {
        pushOldSlice(list[index], insideFString: insideFString)
      } else {
        stack.append(.node(list[index], insideFString: insideFString))
      }
      if index != list.startIndex { stack.append(.text(", ")) }
    }
    stack.append(.text(opening))
  }

  /// The slice of a subscript as 3.8 has it: `Slice`, `ExtSlice` or `Index`.
  private mutating func pushOldSlice(_ id: NodeID, insideFString: Bool) {
    switch tree.kind(id) {
    case .slice: stack.append(.node(id, insideFString: insideFString))
    case .tuple where tree.elements(id).contains { tree.kind($0) == .slice }:
      push(
        tree.elements(id), opening: "ExtSlice(dims=[", closing: "])", insideFString: insideFString, isSliceList: true)
    default:
      stack.append(.text(")"))
      stack.append(.node(id, insideFString: insideFString))
      stack.append(.text("Index(value="))
    }
  }

  private func appendName(_ name: NameID, to output: inout [UInt8]) {
    if name.isNone { output.append("None") } else { repr.append(tree.text(name), to: &output) }
  }

  func appendConstant(_ node: Node, _ id: NodeID, to output: inout [UInt8]) {
    switch ConstantKind(rawValue: node.flag) ?? .none {
    case .none: output.append("None")
    case .true: output.append("True")
    case .false: output.append("False")
    case .ellipsis: output.append("Ellipsis")
    case .integer: output.append(contentsOf: (tree.integerText(id) ?? "0").utf8)
    case .float: repr.append(float: tree.floatValue(id) ?? 0, to: &output)
    case .imaginary: repr.append(imaginary: tree.floatValue(id) ?? 0, to: &output)
    case .string: repr.append(scalars: tree.stringScalars(id) ?? [], to: &output)
    case .bytes: repr.append(bytes: tree.bytesValue(id) ?? [], to: &output)
    }
  }

  private mutating func appendAttributes(of id: NodeID, isFirst: Bool, to output: inout [UInt8]) {
    let node = tree[id]
    if !isFirst { output.append(", ") }
    let start = position(node.start)
    output.append("lineno=")
    output.append(number: start.line)
    output.append(", col_offset=")
    output.append(number: start.column)
    let end = position(node.end)
    output.append(", end_lineno=")
    output.append(number: end.line)
    output.append(", end_col_offset=")
    output.append(number: end.column)
    output.append(")")
  }

  /// As `Tree.position`, but looks near the last line first.
  private mutating func position(_ offset: UInt32) -> (line: Int, column: Int) {
    let starts = tree.lineStarts
    if lastLine < starts.count, starts[lastLine] <= offset,
      lastLine + 1 >= starts.count || offset < starts[lastLine + 1]
    {
      return (lastLine + 1, Int(offset) - Int(starts[lastLine]))
    }
    let position = tree.position(offset)
    lastLine = position.line - 1
    return (position.line, position.column)
  }
}

extension [UInt8] {
  fileprivate mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { append(contentsOf: $0) }
  }

  fileprivate mutating func append(number: Int) {
    if number >= 0 && number < 10 {
      append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number))
    } else {
      append(contentsOf: String(number).utf8)
    }
  }
}
