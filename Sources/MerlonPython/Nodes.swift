// Typed views of the records: each names the slots of one kind of node, as `NodeKind.layout` orders them.
// A view is a plain value of ids; `Tree` reads it, and whoever asks has checked the kind before.

public struct FunctionDef: Sendable {
  public let name: NameID
  public let arguments: NodeID
  public let body: ListID
  public let decorators: ListID
  public let returns: NodeID
  public let typeParameters: ListID
}

public struct ClassDef: Sendable {
  public let name: NameID
  public let bases: ListID
  public let keywords: ListID
  public let body: ListID
  public let decorators: ListID
  public let typeParameters: ListID
}

public struct Assign: Sendable { public let targets: ListID, value: NodeID }
public struct TypeAlias: Sendable { public let name: NodeID, typeParameters: ListID, value: NodeID }
public struct AugAssign: Sendable { public let target: NodeID, value: NodeID, op: BinaryOperator }
public struct AnnAssign: Sendable { public let target: NodeID, annotation: NodeID, value: NodeID }
public struct For: Sendable { public let target: NodeID, iterable: NodeID, body: ListID, orElse: ListID }
/// `if` and `while`.
public struct Conditional: Sendable { public let test: NodeID, body: ListID, orElse: ListID }
public struct With: Sendable { public let items: ListID, body: ListID }
public struct WithItem: Sendable { public let context: NodeID, variables: NodeID }
public struct Match: Sendable { public let subject: NodeID, cases: ListID }
public struct MatchCase: Sendable { public let pattern: NodeID, `guard`: NodeID, body: ListID }
public struct Raise: Sendable { public let exception: NodeID, cause: NodeID }
public struct Try: Sendable { public let body: ListID, handlers: ListID, orElse: ListID, finally: ListID }
public struct ExceptHandler: Sendable { public let type: NodeID, name: NameID, body: ListID }
public struct Assert: Sendable { public let test: NodeID, message: NodeID }
public struct ImportFrom: Sendable { public let module: NameID, names: ListID, level: Int }
public struct Alias: Sendable { public let name: NameID, asName: NameID }
public struct BoolOp: Sendable { public let op: BooleanOperator, values: ListID }
public struct NamedExpr: Sendable { public let target: NodeID, value: NodeID }
public struct BinOp: Sendable { public let left: NodeID, op: BinaryOperator, right: NodeID }
public struct UnaryOp: Sendable { public let op: UnaryOperator, operand: NodeID }
public struct Lambda: Sendable { public let arguments: NodeID, body: NodeID }
public struct IfExp: Sendable { public let test: NodeID, body: NodeID, orElse: NodeID }
/// `keys` holds `NodeID.none` where `**value` stands.
public struct Dict: Sendable { public let keys: ListID, values: ListID }
/// List, set and generator comprehensions.
public struct ElementComprehension: Sendable { public let element: NodeID, generators: ListID }
public struct DictComprehension: Sendable { public let key: NodeID, value: NodeID, generators: ListID }
/// One `for … in … if …` of a comprehension.
public struct Generator: Sendable { public let target: NodeID, iterable: NodeID, conditions: ListID, isAsync: Bool }
public struct Compare: Sendable { public let left: NodeID, operators: ListID, comparators: ListID }
public struct Call: Sendable { public let function: NodeID, arguments: ListID, keywords: ListID }
/// `name` is none for `**value`.
public struct Keyword: Sendable { public let name: NameID, value: NodeID }
public struct FormattedValue: Sendable { public let value: NodeID, formatSpec: NodeID }
public struct Attribute: Sendable { public let value: NodeID, name: NameID }
public struct Subscript: Sendable { public let value: NodeID, slice: NodeID }
public struct Slice: Sendable { public let lower: NodeID, upper: NodeID, step: NodeID }

/// The parameters of a function or lambda, as `ast.arguments`.
public struct Arguments: Sendable {
  public let positionalOnly: ListID
  public let positional: ListID
  public let variadic: NodeID
  public let keywordOnly: ListID
  /// One for each keyword-only parameter; `NodeID.none` where it has no default.
  public let keywordDefaults: ListID
  public let keywordVariadic: NodeID
  /// Defaults of the last positional parameters.
  public let defaults: ListID
}

public struct Arg: Sendable { public let name: NameID, annotation: NodeID }

extension Tree {
  @inlinable func nodeSlot(_ node: Node, _ position: Int) -> NodeID { NodeID(slot(node, position)) }
  @inlinable func listSlot(_ node: Node, _ position: Int) -> ListID { ListID(slot(node, position)) }
  @inlinable func nameSlot(_ node: Node, _ position: Int) -> NameID { NameID(slot(node, position)) }

  public func functionDef(_ id: NodeID) -> FunctionDef {
    let node = self[id]
    return FunctionDef(
      name: nameSlot(node, 0), arguments: nodeSlot(node, 1), body: listSlot(node, 2), decorators: listSlot(node, 3),
      returns: nodeSlot(node, 4), typeParameters: listSlot(node, 5))
  }

  public func classDef(_ id: NodeID) -> ClassDef {
    let node = self[id]
    return ClassDef(
      name: nameSlot(node, 0), bases: listSlot(node, 1), keywords: listSlot(node, 2), body: listSlot(node, 3),
      decorators: listSlot(node, 4), typeParameters: listSlot(node, 5))
  }

  public func arguments(_ id: NodeID) -> Arguments {
    let node = self[id]
    return Arguments(
      positionalOnly: listSlot(node, 0), positional: listSlot(node, 1), variadic: nodeSlot(node, 2),
      keywordOnly: listSlot(node, 3), keywordDefaults: listSlot(node, 4), keywordVariadic: nodeSlot(node, 5),
      defaults: listSlot(node, 6))
  }

  // swift-format-ignore: AlwaysUseLowerCamelCase
  // swift-format-ignore: AlwaysUseLowerCamelCase
  public func for_(_ id: NodeID) -> For {
    let node = self[id]
    return For(
      target: nodeSlot(node, 0), iterable: nodeSlot(node, 1), body: listSlot(node, 2), orElse: listSlot(node, 3))
  }

  // swift-format-ignore: AlwaysUseLowerCamelCase
  // swift-format-ignore: AlwaysUseLowerCamelCase
  public func try_(_ id: NodeID) -> Try {
    let node = self[id]
    return Try(
      body: listSlot(node, 0), handlers: listSlot(node, 1), orElse: listSlot(node, 2), finally: listSlot(node, 3))
  }

  /// `if` and `while`.
  public func conditional(_ id: NodeID) -> Conditional {
    let node = self[id]
    return Conditional(test: NodeID(node.a), body: ListID(node.b), orElse: ListID(node.c))
  }

  public func call(_ id: NodeID) -> Call {
    let node = self[id]
    return Call(function: NodeID(node.a), arguments: ListID(node.b), keywords: ListID(node.c))
  }

  public func attribute(_ id: NodeID) -> Attribute {
    let node = self[id]
    return Attribute(value: NodeID(node.a), name: NameID(node.b))
  }

  /// The identifier of a `Name`, `MatchStar` or type parameter.
  @inlinable public func nameID(_ id: NodeID) -> NameID { NameID(self[id].a) }
  /// The value of `Return`, `Expr`, `Await`, `Yield`, `YieldFrom`, `Starred` and `MatchValue`; none if left out.
  @inlinable public func value(_ id: NodeID) -> NodeID { NodeID(self[id].a) }
  /// The elements of `List`, `Tuple`, `Set`, `JoinedStr`, `TemplateStr`, `Delete`, `Import`, `MatchSequence`, `MatchOr`
  /// and the body of `Module`.
  @inlinable public func elements(_ id: NodeID) -> NodeList { self[ListID(self[id].a)] }
  /// The names of `Global` and `Nonlocal`.
  public func declaredNames(_ id: NodeID) -> [NameID] { names(ListID(self[id].a)) }

  public func assign(_ id: NodeID) -> Assign {
    let node = self[id]
    return Assign(targets: ListID(node.a), value: NodeID(node.b))
  }

  public func typeAlias(_ id: NodeID) -> TypeAlias {
    let node = self[id]
    return TypeAlias(name: NodeID(node.a), typeParameters: ListID(node.b), value: NodeID(node.c))
  }

  public func augAssign(_ id: NodeID) -> AugAssign {
    let node = self[id]
    return AugAssign(
      target: NodeID(node.a), value: NodeID(node.b), op: BinaryOperator(rawValue: node.flag) ?? .add)
  }

  public func annAssign(_ id: NodeID) -> AnnAssign {
    let node = self[id]
    return AnnAssign(target: NodeID(node.a), annotation: NodeID(node.b), value: NodeID(node.c))
  }

  public func with(_ id: NodeID) -> With {
    let node = self[id]
    return With(items: ListID(node.a), body: ListID(node.b))
  }

  public func withItem(_ id: NodeID) -> WithItem {
    let node = self[id]
    return WithItem(context: NodeID(node.a), variables: NodeID(node.b))
  }

  public func match(_ id: NodeID) -> Match {
    let node = self[id]
    return Match(subject: NodeID(node.a), cases: ListID(node.b))
  }

  public func matchCase(_ id: NodeID) -> MatchCase {
    let node = self[id]
    return MatchCase(pattern: NodeID(node.a), guard: NodeID(node.b), body: ListID(node.c))
  }

  public func raise(_ id: NodeID) -> Raise {
    let node = self[id]
    return Raise(exception: NodeID(node.a), cause: NodeID(node.b))
  }

  public func exceptHandler(_ id: NodeID) -> ExceptHandler {
    let node = self[id]
    return ExceptHandler(type: NodeID(node.a), name: NameID(node.b), body: ListID(node.c))
  }

  public func assert(_ id: NodeID) -> Assert {
    let node = self[id]
    return Assert(test: NodeID(node.a), message: NodeID(node.b))
  }

  public func importFrom(_ id: NodeID) -> ImportFrom {
    let node = self[id]
    return ImportFrom(module: NameID(node.a), names: ListID(node.b), level: Int(node.c))
  }

  public func alias(_ id: NodeID) -> Alias {
    let node = self[id]
    return Alias(name: NameID(node.a), asName: NameID(node.b))
  }

  public func boolOp(_ id: NodeID) -> BoolOp {
    let node = self[id]
    return BoolOp(op: BooleanOperator(rawValue: node.flag) ?? .and, values: ListID(node.a))
  }

  public func namedExpr(_ id: NodeID) -> NamedExpr {
    let node = self[id]
    return NamedExpr(target: NodeID(node.a), value: NodeID(node.b))
  }

  public func binOp(_ id: NodeID) -> BinOp {
    let node = self[id]
    return BinOp(left: NodeID(node.a), op: BinaryOperator(rawValue: node.flag) ?? .add, right: NodeID(node.b))
  }

  public func unaryOp(_ id: NodeID) -> UnaryOp {
    let node = self[id]
    return UnaryOp(op: UnaryOperator(rawValue: node.flag) ?? .not, operand: NodeID(node.a))
  }

  public func lambda(_ id: NodeID) -> Lambda {
    let node = self[id]
    return Lambda(arguments: NodeID(node.a), body: NodeID(node.b))
  }

  public func ifExp(_ id: NodeID) -> IfExp {
    let node = self[id]
    return IfExp(test: NodeID(node.a), body: NodeID(node.b), orElse: NodeID(node.c))
  }

  public func dict(_ id: NodeID) -> Dict {
    let node = self[id]
    return Dict(keys: ListID(node.a), values: ListID(node.b))
  }

  public func elementComprehension(_ id: NodeID) -> ElementComprehension {
    let node = self[id]
    return ElementComprehension(element: NodeID(node.a), generators: ListID(node.b))
  }

  public func dictComprehension(_ id: NodeID) -> DictComprehension {
    let node = self[id]
    return DictComprehension(key: NodeID(node.a), value: NodeID(node.b), generators: ListID(node.c))
  }

  public func generator(_ id: NodeID) -> Generator {
    let node = self[id]
    return Generator(
      target: NodeID(node.a), iterable: NodeID(node.b), conditions: ListID(node.c), isAsync: node.flag != 0)
  }

  public func compare(_ id: NodeID) -> Compare {
    let node = self[id]
    return Compare(left: NodeID(node.a), operators: ListID(node.b), comparators: ListID(node.c))
  }

  public func comparisonOperators(_ compare: Compare) -> [ComparisonOperator] {
    raws(compare.operators).map { ComparisonOperator(rawValue: UInt8(truncatingIfNeeded: $0)) ?? .equal }
  }

  public func keyword(_ id: NodeID) -> Keyword {
    let node = self[id]
    return Keyword(name: NameID(node.a), value: NodeID(node.b))
  }

  public func formattedValue(_ id: NodeID) -> FormattedValue {
    let node = self[id]
    return FormattedValue(value: NodeID(node.a), formatSpec: NodeID(node.b))
  }

  // swift-format-ignore: AlwaysUseLowerCamelCase
  // swift-format-ignore: AlwaysUseLowerCamelCase
  public func subscript_(_ id: NodeID) -> Subscript {
    let node = self[id]
    return Subscript(value: NodeID(node.a), slice: NodeID(node.b))
  }

  public func slice(_ id: NodeID) -> Slice {
    let node = self[id]
    return Slice(lower: NodeID(node.a), upper: NodeID(node.b), step: NodeID(node.c))
  }

  public func arg(_ id: NodeID) -> Arg {
    let node = self[id]
    return Arg(name: NameID(node.a), annotation: NodeID(node.b))
  }

  public func constantKind(_ id: NodeID) -> ConstantKind { ConstantKind(rawValue: self[id].flag) ?? .none }
  public func context(_ id: NodeID) -> ExpressionContext { ExpressionContext(rawValue: self[id].flag) ?? .load }
}
