/// Where the text of one field of a dump comes from.
enum DumpSource {
  /// A slot of the record, read as `NodeKind.layout` says.
  case slot(Int, SlotKind)
  case context
  case binaryOperator
  case booleanOperator
  case unaryOperator
  case comparisonOperators(Int)
  /// The conversion of a replacement field: its ASCII code, -1 for none.
  case conversion
  /// `Node.flag` as 0 or 1.
  case flag
  case constantValue
  /// The `kind` of a string constant: `'u'` or None.
  case constantPrefix
  /// A constant node that CPython keeps as a plain value (`Interpolation.str`).
  case plainConstant(Int)
  /// Never kept: always None (`type_comment`).
  case alwaysNone
  /// Never kept: always empty (`type_ignores`).
  case alwaysEmpty
}

/// One field of a node in CPython's `ast.dump`.
struct DumpField {
  let name: StaticString
  let source: DumpSource
  /// First minor version of Python 3 that has the field.
  let since: UInt8

  init(_ name: StaticString, _ source: DumpSource, since: UInt8 = 8) {
    self.name = name
    self.source = source
    self.since = since
  }
}

/// How CPython names a kind of node, and its fields in the order of `_fields` (`Parser/Python.asdl`).
struct DumpShape {
  let className: StaticString
  let fields: [DumpField]
  /// First minor version in which the node has positions; nil if never.
  let positionsSince: UInt8?
}

extension NodeKind {
  static let dumpShapes: [DumpShape] = NodeKind.allCases.map { kind in
    DumpShape(className: kind.className, fields: kind.dumpFields, positionsSince: kind.positionsSince)
  }

  /// `positions` of keywords came with 3.9, of slices with 3.9, of import aliases with 3.10.
  private var positionsSince: UInt8? {
    switch self {
    case .none, .module, .arguments, .comprehension, .withItem, .matchCase: nil
    case .keyword, .slice: 9
    case .alias: 10
    default: 8
    }
  }

  private var dumpFields: [DumpField] {
    var fields: [DumpField] = []
    for (position, slot) in layout.enumerated() {
      fields.append(DumpField(slot.name, .slot(position, slot.kind), since: slotSince(position)))
    }
    let typeComment = DumpField("type_comment", .alwaysNone)
    switch self {
    case .module: fields.append(DumpField("type_ignores", .alwaysEmpty))
    case .functionDef, .asyncFunctionDef: fields.insert(typeComment, at: 5)
    case .assign, .for, .asyncFor, .with, .asyncWith, .arg: fields.append(typeComment)
    case .augAssign, .binOp: fields.insert(DumpField("op", .binaryOperator), at: 1)
    case .boolOp: fields.insert(DumpField("op", .booleanOperator), at: 0)
    case .unaryOp: fields.insert(DumpField("op", .unaryOperator), at: 0)
    case .compare: fields[1] = DumpField("ops", .comparisonOperators(1))
    case .annAssign: fields.append(DumpField("simple", .flag))
    case .comprehension: fields.append(DumpField("is_async", .flag))
    case .formattedValue: fields.insert(DumpField("conversion", .conversion), at: 1)
    case .interpolation:
      fields[1] = DumpField("str", .plainConstant(1))
      fields.insert(DumpField("conversion", .conversion), at: 2)
    case .constant:
      fields = [DumpField("value", .constantValue), DumpField("kind", .constantPrefix)]
    case .matchSingleton: fields = [DumpField("value", .constantValue)]
    case .attribute, .subscript, .starred, .name, .list, .tuple: fields.append(DumpField("ctx", .context))
    default: break
    }
    return fields
  }

  private func slotSince(_ position: Int) -> UInt8 {
    switch self {
    case .functionDef, .asyncFunctionDef, .classDef: position == 5 ? 12 : 8
    case .typeVar: position == 2 ? 13 : 8
    case .paramSpec, .typeVarTuple: position == 1 ? 13 : 8
    default: 8
    }
  }

  private var className: StaticString {
    switch self {
    case .none: "None"
    case .module: "Module"
    case .functionDef: "FunctionDef"
    case .asyncFunctionDef: "AsyncFunctionDef"
    case .classDef: "ClassDef"
    case .return: "Return"
    case .delete: "Delete"
    case .assign: "Assign"
    case .typeAlias: "TypeAlias"
    case .augAssign: "AugAssign"
    case .annAssign: "AnnAssign"
    case .for: "For"
    case .asyncFor: "AsyncFor"
    case .while: "While"
    case .if: "If"
    case .with: "With"
    case .asyncWith: "AsyncWith"
    case .match: "Match"
    case .raise: "Raise"
    case .try: "Try"
    case .tryStar: "TryStar"
    case .assert: "Assert"
    case .import: "Import"
    case .importFrom: "ImportFrom"
    case .global: "Global"
    case .nonlocal: "Nonlocal"
    case .expr: "Expr"
    case .pass: "Pass"
    case .break: "Break"
    case .continue: "Continue"
    case .errorStatement: "ErrorStatement"
    case .boolOp: "BoolOp"
    case .namedExpr: "NamedExpr"
    case .binOp: "BinOp"
    case .unaryOp: "UnaryOp"
    case .lambda: "Lambda"
    case .ifExp: "IfExp"
    case .dict: "Dict"
    case .set: "Set"
    case .listComp: "ListComp"
    case .setComp: "SetComp"
    case .dictComp: "DictComp"
    case .generatorExp: "GeneratorExp"
    case .await: "Await"
    case .yield: "Yield"
    case .yieldFrom: "YieldFrom"
    case .compare: "Compare"
    case .call: "Call"
    case .formattedValue: "FormattedValue"
    case .interpolation: "Interpolation"
    case .joinedStr: "JoinedStr"
    case .templateStr: "TemplateStr"
    case .constant: "Constant"
    case .attribute: "Attribute"
    case .subscript: "Subscript"
    case .starred: "Starred"
    case .name: "Name"
    case .list: "List"
    case .tuple: "Tuple"
    case .slice: "Slice"
    case .errorExpression: "ErrorExpression"
    case .matchValue: "MatchValue"
    case .matchSingleton: "MatchSingleton"
    case .matchSequence: "MatchSequence"
    case .matchMapping: "MatchMapping"
    case .matchClass: "MatchClass"
    case .matchStar: "MatchStar"
    case .matchAs: "MatchAs"
    case .matchOr: "MatchOr"
    case .comprehension: "comprehension"
    case .exceptHandler: "ExceptHandler"
    case .arguments: "arguments"
    case .arg: "arg"
    case .keyword: "keyword"
    case .alias: "alias"
    case .withItem: "withitem"
    case .matchCase: "match_case"
    case .typeVar: "TypeVar"
    case .paramSpec: "ParamSpec"
    case .typeVarTuple: "TypeVarTuple"
    }
  }
}

extension ExpressionContext {
  var className: StaticString {
    switch self {
    case .load: "Load()"
    case .store: "Store()"
    case .delete: "Del()"
    }
  }
}

extension BinaryOperator {
  var className: StaticString {
    switch self {
    case .add: "Add()"
    case .sub: "Sub()"
    case .mult: "Mult()"
    case .matMult: "MatMult()"
    case .div: "Div()"
    case .mod: "Mod()"
    case .pow: "Pow()"
    case .lShift: "LShift()"
    case .rShift: "RShift()"
    case .bitOr: "BitOr()"
    case .bitXor: "BitXor()"
    case .bitAnd: "BitAnd()"
    case .floorDiv: "FloorDiv()"
    }
  }
}

extension BooleanOperator {
  var className: StaticString {
    switch self {
    case .and: "And()"
    case .or: "Or()"
    }
  }
}

extension UnaryOperator {
  var className: StaticString {
    switch self {
    case .invert: "Invert()"
    case .not: "Not()"
    case .plus: "UAdd()"
    case .minus: "USub()"
    }
  }
}

extension ComparisonOperator {
  var className: StaticString {
    switch self {
    case .equal: "Eq()"
    case .notEqual: "NotEq()"
    case .less: "Lt()"
    case .lessEqual: "LtE()"
    case .greater: "Gt()"
    case .greaterEqual: "GtE()"
    case .is: "Is()"
    case .isNot: "IsNot()"
    case .in: "In()"
    case .notIn: "NotIn()"
    }
  }
}
