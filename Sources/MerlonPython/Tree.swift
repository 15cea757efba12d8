public import MerlonBase

/// Index of a node in its tree's arena. 0 is "no node".
public struct NodeID: Sendable, Hashable, Comparable {
  public let index: UInt32
  @inlinable public init(_ index: UInt32) { self.index = index }
  @inlinable public static var none: NodeID { NodeID(0) }
  @inlinable public var isNone: Bool { index == 0 }
  @inlinable public static func < (left: NodeID, right: NodeID) -> Bool { left.index < right.index }
}

/// Index of an interned name in its tree's name table. 0 is "no name".
public struct NameID: Sendable, Hashable {
  public let index: UInt32
  @inlinable public init(_ index: UInt32) { self.index = index }
  @inlinable public static var none: NameID { NameID(0) }
  @inlinable public var isNone: Bool { index == 0 }
}

/// Where a list of nodes, names or numbers begins in `Tree.extra`: there stand its length, then its elements.
/// 0 is the empty list.
public struct ListID: Sendable, Hashable {
  public let index: UInt32
  @inlinable public init(_ index: UInt32) { self.index = index }
  @inlinable public static var empty: ListID { ListID(0) }
}

/// One record of the arena, 24 bytes: what it is, where it stands, and up to three slots (`NodeKind.layout`).
public struct Node: Sendable {
  public var kind: NodeKind
  /// Operator, expression context, constant kind, `async` mark, `simple` mark or conversion, by kind.
  public var flag: UInt8
  /// Further facts by kind (string prefixes).
  public var detail: UInt16
  /// Offset of the first byte in `Tree.source`.
  public var start: UInt32
  /// Offset behind the last byte.
  public var end: UInt32
  public var a: UInt32
  public var b: UInt32
  public var c: UInt32

  @inlinable public init(
    kind: NodeKind, flag: UInt8 = 0, detail: UInt16 = 0, start: UInt32, end: UInt32, a: UInt32 = 0, b: UInt32 = 0,
    c: UInt32 = 0
  ) {
    self.kind = kind
    self.flag = flag
    self.detail = detail
    self.start = start
    self.end = end
    self.a = a
    self.b = b
    self.c = c
  }

  @inlinable public var range: TextRange { TextRange(start: start, end: end) }
}

/// Something that is wrong with a file's syntax.
public struct SyntaxDiagnostic: Sendable, Hashable {
  public var range: TextRange
  /// Lower case start, no full stop: "expected `:` after the condition".
  public var message: String

  public init(range: TextRange, message: String) {
    self.range = range
    self.message = message
  }
}

/// The syntax tree of one file: an arena of small records, with the text it was read from.
///
/// A tree is immutable and `Sendable`. Reading a record or list with an id of another tree yields the empty record or
/// list or a wrong node, never a trap.
public final class Tree: Sendable {
  /// The text as UTF-8 without byte order mark (other encodings are converted before parsing). Offsets point in here.
  public let source: [UInt8]
  /// All records; index 0 is the empty record, `root` the module.
  public let nodes: ContiguousArray<Node>
  /// Blocks and lists of the records.
  public let extra: ContiguousArray<UInt32>
  /// Interned names, NFKC-normalised as PEP 3131 wants; index 0 is empty.
  public let names: ContiguousArray<String>
  /// Offset of the first byte of each line.
  public let lineStarts: ContiguousArray<UInt32>
  /// Comments in order, each from `#` to the end of its line.
  public let comments: [TextRange]
  /// What is wrong with the file, in order; empty for a valid one.
  public let diagnostics: [SyntaxDiagnostic]
  /// The module node.
  public let root: NodeID

  public init(
    source: [UInt8], nodes: ContiguousArray<Node>, extra: ContiguousArray<UInt32>, names: ContiguousArray<String>,
    lineStarts: ContiguousArray<UInt32>, comments: [TextRange], diagnostics: [SyntaxDiagnostic], root: NodeID
  ) {
    self.source = source
    self.nodes = nodes
    self.extra = extra
    self.names = names
    self.lineStarts = lineStarts
    self.comments = comments
    self.diagnostics = diagnostics
    self.root = root
  }

  /// The record of a node; the empty record for an id that is not of this tree.
  @inlinable public subscript(id: NodeID) -> Node {
    let index = Int(id.index)
    return index < nodes.count ? nodes[index] : Node(kind: .none, start: 0, end: 0)
  }

  @inlinable public func kind(_ id: NodeID) -> NodeKind { self[id].kind }
  @inlinable public func range(_ id: NodeID) -> TextRange { self[id].range }

  /// The text of a name; empty for `NameID.none`.
  @inlinable public func text(_ name: NameID) -> String {
    let index = Int(name.index)
    return index < names.count ? names[index] : ""
  }

  /// The source text of a range, invalid UTF-8 replaced.
  public func text(_ range: TextRange) -> String {
    let end = min(Int(range.end), source.count)
    let start = min(Int(range.start), end)
    return String(decoding: source[start..<end], as: UTF8.self)
  }

  /// The source text of a node.
  public func text(_ id: NodeID) -> String { text(range(id)) }

  /// Line (from 1) and column (UTF-8 bytes, from 0) of an offset.
  public func position(_ offset: UInt32) -> SourcePosition {
    var low = 0
    var high = lineStarts.count
    while low < high {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle + 1 } else { high = middle }
    }
    let line = max(low, 1)
    let start = line <= lineStarts.count ? lineStarts[line - 1] : 0
    return SourcePosition(line: line, column: Int(offset) - Int(start))
  }

  /// The location of a range for findings and reports.
  public func location(_ range: TextRange, path: String) -> SourceLocation {
    SourceLocation(path: path, range: range, start: position(range.start), end: position(range.end))
  }
}

/// The elements of a list slot.
public struct NodeList: RandomAccessCollection, Sendable {
  @usableFromInline let storage: ContiguousArray<UInt32>
  public let startIndex: Int
  public let endIndex: Int

  @inlinable init(storage: ContiguousArray<UInt32>, start: Int, end: Int) {
    self.storage = storage
    self.startIndex = start
    self.endIndex = end
  }

  @inlinable public subscript(position: Int) -> NodeID { NodeID(storage[position]) }
}

extension Tree {
  /// The elements of a list of nodes.
  @inlinable public subscript(list: ListID) -> NodeList {
    let index = Int(list.index)
    guard index > 0, index < extra.count else { return NodeList(storage: [], start: 0, end: 0) }
    let count = Int(extra[index])
    let end = Swift.min(index + 1 + count, extra.count)
    return NodeList(storage: extra, start: index + 1, end: end)
  }

  /// The elements of a list of names.
  public func names(_ list: ListID) -> [NameID] { self[list].map { NameID($0.index) } }

  /// The elements of a list of numbers.
  public func raws(_ list: ListID) -> [UInt32] { self[list].map(\.index) }

  /// The raw value of a slot, wherever it is kept.
  @inlinable public func slot(_ node: Node, _ position: Int) -> UInt32 {
    if node.kind.isBlock {
      let index = Int(node.a) + position
      return index < extra.count ? extra[index] : 0
    }
    switch position {
    case 0: return node.a
    case 1: return node.b
    default: return node.c
    }
  }

  /// Calls `body` for every direct child, in the order of CPython's `ast.iter_child_nodes` (source order for most).
  @inlinable public func forEachChild(_ id: NodeID, _ body: (NodeID) -> Void) {
    let node = self[id]
    for (position, slotLayout) in node.kind.layout.enumerated() {
      switch slotLayout.kind {
      case .node, .optionalNode:
        let child = NodeID(slot(node, position))
        if !child.isNone { body(child) }
      case .list:
        for child in self[ListID(slot(node, position))] where !child.isNone { body(child) }
      case .name, .names, .raws, .number:
        continue
      }
    }
  }

  /// The direct children of a node.
  public func children(_ id: NodeID) -> [NodeID] {
    var result: [NodeID] = []
    forEachChild(id) { result.append($0) }
    return result
  }

  /// Calls `body` for a node and everything below it, parents first, in order and without recursion.
  /// `body` answers whether to go below the node.
  @inlinable public func walk(_ id: NodeID, _ body: (NodeID) -> Bool) {
    var stack: [NodeID] = [id]
    var below: [NodeID] = []
    while let next = stack.popLast() {
      guard body(next) else { continue }
      below.removeAll(keepingCapacity: true)
      forEachChild(next) { below.append($0) }
      stack.append(contentsOf: below.reversed())
    }
  }
}
