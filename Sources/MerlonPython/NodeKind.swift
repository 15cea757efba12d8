/// What a node of the tree is: the constructors of CPython's abstract grammar (`Python.asdl`), and two error nodes.
public enum NodeKind: UInt8, Sendable, Hashable, CaseIterable {
  /// The reserved record with id 0: "no node".
  case none

  // mod
  case module

  // stmt
  case functionDef, asyncFunctionDef, classDef, `return`, delete, assign, typeAlias, augAssign, annAssign
  case `for`, asyncFor, `while`, `if`, with, asyncWith, match, raise, `try`, tryStar, assert
  case `import`, importFrom, global, nonlocal, expr, pass, `break`, `continue`
  /// A statement that could not be parsed; a diagnostic says why.
  case errorStatement

  // expr
  case boolOp, namedExpr, binOp, unaryOp, lambda, ifExp, dict, set, listComp, setComp, dictComp, generatorExp
  case await, yield, yieldFrom, compare, call, formattedValue, interpolation, joinedStr, templateStr, constant
  case attribute, `subscript`, starred, name, list, tuple, slice
  /// An expression that could not be parsed, inside a statement that could.
  case errorExpression

  // pattern
  case matchValue, matchSingleton, matchSequence, matchMapping, matchClass, matchStar, matchAs, matchOr

  // the rest
  case comprehension, exceptHandler, arguments, arg, keyword, alias, withItem, matchCase
  case typeVar, paramSpec, typeVarTuple
}

extension NodeKind {
  /// True for statements, the error statement included.
  @inlinable public var isStatement: Bool {
    rawValue >= NodeKind.functionDef.rawValue && rawValue <= NodeKind.errorStatement.rawValue
  }

  /// True for expressions, the error expression included.
  @inlinable public var isExpression: Bool {
    rawValue >= NodeKind.boolOp.rawValue && rawValue <= NodeKind.errorExpression.rawValue
  }
}

/// Expression context (`ast.expr_context`), kept in `Node.flag` of names, attributes, subscripts, starred, lists, tuples.
public enum ExpressionContext: UInt8, Sendable { case load, store, delete }

/// Operators of `BinOp` and `AugAssign`, kept in `Node.flag`.
public enum BinaryOperator: UInt8, Sendable, CaseIterable {
  case add, sub, mult, matMult, div, mod, pow, lShift, rShift, bitOr, bitXor, bitAnd, floorDiv
}

/// Operators of `BoolOp`, kept in `Node.flag`.
public enum BooleanOperator: UInt8, Sendable { case and, or }

/// Operators of `UnaryOp`, kept in `Node.flag`.
public enum UnaryOperator: UInt8, Sendable { case invert, not, plus, minus }

/// Operators of `Compare`, kept in the raw list of its second slot.
public enum ComparisonOperator: UInt8, Sendable {
  case equal, notEqual, less, lessEqual, greater, greaterEqual, `is`, isNot, `in`, notIn
}

/// What a `Constant` (or `MatchSingleton`) holds, kept in `Node.flag`.
public enum ConstantKind: UInt8, Sendable {
  case none, `true`, `false`, ellipsis, integer, float, imaginary, string, bytes
}

/// How one slot of a node is to be read.
public enum SlotKind: UInt8, Sendable {
  /// A node that is always there.
  case node
  /// A node or `NodeID.none`.
  case optionalNode
  /// A list of nodes; an element can be `NodeID.none` in `Dict.keys` and `arguments.kw_defaults`.
  case list
  /// A name (identifier, dotted name of an import) or `NameID.none`.
  case name
  /// A list of names.
  case names
  /// A list of raw numbers (comparison operators).
  case raws
  /// A plain number (level of a relative import).
  case number
}

/// One field of a kind of node: its name in CPython's `_fields` and how its slot is read.
public struct SlotLayout: Sendable {
  public let name: StaticString
  public let kind: SlotKind

  @inlinable init(_ name: StaticString, _ kind: SlotKind) {
    self.name = name
    self.kind = kind
  }
}

extension NodeKind {
  /// The slots of this kind, in the order of CPython's `_fields` (fields kept in `Node.flag` left out).
  ///
  /// Up to three slots stand in the record itself (`a`, `b`, `c`); with four or more, `a` is the index of a block in
  /// `Tree.extra` that holds all of them one after the other. Constants and string parts use their slots as
  /// `Constants.swift` says and list none here.
  public var layout: [SlotLayout] { NodeKind.layouts[Int(rawValue)] }

  /// Number of slots; above three they lie in a block of `Tree.extra`.
  @inlinable public var isBlock: Bool {
    switch self {
    case .functionDef, .asyncFunctionDef, .classDef, .for, .asyncFor, .try, .tryStar, .arguments, .matchClass: true
    default: false
    }
  }

  private static let layouts: [[SlotLayout]] = NodeKind.allCases.map(makeLayout)

  private static func makeLayout(_ kind: NodeKind) -> [SlotLayout] {
    switch kind {
    case .none, .pass, .break, .continue, .errorStatement, .errorExpression, .constant, .matchSingleton: []
    case .module: [.init("body", .list)]
    case .functionDef, .asyncFunctionDef:
      [
        .init("name", .name), .init("args", .node), .init("body", .list), .init("decorator_list", .list),
        .init("returns", .optionalNode), .init("type_params", .list),
      ]
    case .classDef:
      [
        .init("name", .name), .init("bases", .list), .init("keywords", .list), .init("body", .list),
        .init("decorator_list", .list), .init("type_params", .list),
      ]
    case .return: [.init("value", .optionalNode)]
    case .delete: [.init("targets", .list)]
    case .assign: [.init("targets", .list), .init("value", .node)]
    case .typeAlias: [.init("name", .node), .init("type_params", .list), .init("value", .node)]
    case .augAssign: [.init("target", .node), .init("value", .node)]
    case .annAssign: [.init("target", .node), .init("annotation", .node), .init("value", .optionalNode)]
    case .for, .asyncFor:
      [.init("target", .node), .init("iter", .node), .init("body", .list), .init("orelse", .list)]
    case .while, .if: [.init("test", .node), .init("body", .list), .init("orelse", .list)]
    case .with, .asyncWith: [.init("items", .list), .init("body", .list)]
    case .match: [.init("subject", .node), .init("cases", .list)]
    case .raise: [.init("exc", .optionalNode), .init("cause", .optionalNode)]
    case .try, .tryStar:
      [.init("body", .list), .init("handlers", .list), .init("orelse", .list), .init("finalbody", .list)]
    case .assert: [.init("test", .node), .init("msg", .optionalNode)]
    case .import: [.init("names", .list)]
    case .importFrom: [.init("module", .name), .init("names", .list), .init("level", .number)]
    case .global, .nonlocal: [.init("names", .names)]
    case .expr: [.init("value", .node)]
    case .boolOp: [.init("values", .list)]
    case .namedExpr: [.init("target", .node), .init("value", .node)]
    case .binOp: [.init("left", .node), .init("right", .node)]
    case .unaryOp: [.init("operand", .node)]
    case .lambda: [.init("args", .node), .init("body", .node)]
    case .ifExp: [.init("test", .node), .init("body", .node), .init("orelse", .node)]
    case .dict: [.init("keys", .list), .init("values", .list)]
    case .set, .list, .tuple: [.init("elts", .list)]
    case .listComp, .setComp, .generatorExp: [.init("elt", .node), .init("generators", .list)]
    case .dictComp: [.init("key", .node), .init("value", .node), .init("generators", .list)]
    case .await, .yieldFrom: [.init("value", .node)]
    case .yield: [.init("value", .optionalNode)]
    case .compare: [.init("left", .node), .init("ops", .raws), .init("comparators", .list)]
    case .call: [.init("func", .node), .init("args", .list), .init("keywords", .list)]
    case .formattedValue: [.init("value", .node), .init("format_spec", .optionalNode)]
    case .interpolation: [.init("value", .node), .init("str", .node), .init("format_spec", .optionalNode)]
    case .joinedStr, .templateStr: [.init("values", .list)]
    case .attribute: [.init("value", .node), .init("attr", .name)]
    case .subscript: [.init("value", .node), .init("slice", .node)]
    case .starred: [.init("value", .node)]
    case .name: [.init("id", .name)]
    case .slice: [.init("lower", .optionalNode), .init("upper", .optionalNode), .init("step", .optionalNode)]
    case .matchValue: [.init("value", .node)]
    case .matchSequence, .matchOr: [.init("patterns", .list)]
    case .matchMapping: [.init("keys", .list), .init("patterns", .list), .init("rest", .name)]
    case .matchClass:
      [.init("cls", .node), .init("patterns", .list), .init("kwd_attrs", .names), .init("kwd_patterns", .list)]
    case .matchStar: [.init("name", .name)]
    case .matchAs: [.init("pattern", .optionalNode), .init("name", .name)]
    case .comprehension: [.init("target", .node), .init("iter", .node), .init("ifs", .list)]
    case .exceptHandler: [.init("type", .optionalNode), .init("name", .name), .init("body", .list)]
    case .arguments:
      [
        .init("posonlyargs", .list), .init("args", .list), .init("vararg", .optionalNode),
        .init("kwonlyargs", .list), .init("kw_defaults", .list), .init("kwarg", .optionalNode),
        .init("defaults", .list),
      ]
    case .arg: [.init("arg", .name), .init("annotation", .optionalNode)]
    case .keyword: [.init("arg", .name), .init("value", .node)]
    case .alias: [.init("name", .name), .init("asname", .name)]
    case .withItem: [.init("context_expr", .node), .init("optional_vars", .optionalNode)]
    case .matchCase: [.init("pattern", .node), .init("guard", .optionalNode), .init("body", .list)]
    case .typeVar: [.init("name", .name), .init("bound", .optionalNode), .init("default_value", .optionalNode)]
    case .paramSpec, .typeVarTuple: [.init("name", .name), .init("default_value", .optionalNode)]
    }
  }
}
