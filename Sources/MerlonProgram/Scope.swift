public import MerlonPython

/// Index of a scope in its module. 0 is the module's own scope.
public struct ScopeID: Sendable, Hashable {
  public let index: UInt32
  @inlinable public init(_ index: UInt32) { self.index = index }
  /// The scope of the module itself.
  @inlinable public static var module: ScopeID { ScopeID(0) }
}

/// Index of a symbol (one name in one scope) in its module.
public struct SymbolID: Sendable, Hashable {
  public let index: UInt32
  @inlinable public init(_ index: UInt32) { self.index = index }
}

/// What opens a scope.
public enum ScopeKind: UInt8, Sendable, Hashable {
  case module, `class`, function, lambda
  case listComprehension, setComprehension, dictComprehension, generatorExpression
  /// The type parameters of a function, class or `type` statement (PEP 695).
  case typeParameters
  /// The bound or default of one type parameter, evaluated lazily.
  case typeVariable
  /// The value of a `type` statement, evaluated lazily.
  case typeAlias

  @inlinable public var isComprehension: Bool {
    switch self {
    case .listComprehension, .setComprehension, .dictComprehension, .generatorExpression: true
    default: false
    }
  }

  /// True for the scopes that PEP 695 brought; directly in a class they see its names.
  @inlinable public var isType: Bool {
    switch self {
    case .typeParameters, .typeVariable, .typeAlias: true
    default: false
    }
  }

  /// True for scopes that CPython compiles as functions: their names are locals, and inner scopes see them.
  @inlinable public var isFunctionLike: Bool { self != .module && self != .class }
}

/// One lexical scope.
public struct Scope: Sendable {
  public let kind: ScopeKind
  /// The module, class, function, lambda or comprehension; for scopes of type parameters what they belong to.
  public let node: NodeID
  /// The scope around this one; the module's scope is its own parent.
  public let parent: ScopeID
  /// Depth of nesting; 0 for the module.
  public let depth: UInt32
  /// Nearest class around (this scope included), for the mangling of private names; nil outside classes.
  let privateClass: ScopeID?
  /// True inside an annotation that `from __future__ import annotations` keeps from being evaluated.
  let isInsideText: Bool
  var firstSymbol: UInt32 = Self.end
  var lastSymbol: UInt32 = Self.end
  /// First of the scope's `return` and `yield` nodes in `ScopeTable.results`, the last one first.
  var firstResult: UInt32 = Self.end

  static let end = UInt32.max
}

/// How a scope uses a name: what the code says, before names are resolved across scopes.
public struct SymbolFlags: OptionSet, Sendable, Hashable {
  public let rawValue: UInt16
  @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Bound by an assignment, a definition, a loop and so on.
  public static let assigned = SymbolFlags(rawValue: 1 << 0)
  public static let parameter = SymbolFlags(rawValue: 1 << 1)
  public static let imported = SymbolFlags(rawValue: 1 << 2)
  /// Named by a `global` statement of this scope.
  public static let declaredGlobal = SymbolFlags(rawValue: 1 << 3)
  /// Named by a `nonlocal` statement of this scope.
  public static let declaredNonlocal = SymbolFlags(rawValue: 1 << 4)
  /// Has an annotation of its own (`x: int`).
  public static let annotated = SymbolFlags(rawValue: 1 << 5)
  public static let referenced = SymbolFlags(rawValue: 1 << 6)
  /// A type parameter of PEP 695.
  public static let typeParameter = SymbolFlags(rawValue: 1 << 7)
  /// The target of a comprehension.
  public static let comprehensionTarget = SymbolFlags(rawValue: 1 << 8)
  /// The object behind the name is changed in place here (`x[...] = …`, `x.append(…)`, `x += …`).
  public static let mutated = SymbolFlags(rawValue: 1 << 9)
  /// A function of some scope says `global` of this name (only on symbols of the module).
  public static let globalElsewhere = SymbolFlags(rawValue: 1 << 10)

  /// Flags that make a name a local of the scope.
  static let bound: SymbolFlags = [.assigned, .parameter, .imported, .typeParameter]
}

/// One name in one scope.
public struct Symbol: Sendable {
  /// Index of the name in `Module.name(_:)`.
  let nameIndex: UInt32
  public let scope: ScopeID
  public internal(set) var flags: SymbolFlags
  var nextInScope: UInt32 = Scope.end
  var firstBinding: UInt32 = Scope.end
  var lastBinding: UInt32 = Scope.end
  /// Number of places that bind the name.
  public internal(set) var bindingCount: UInt32 = 0

  /// True when the scope itself binds the name (and no `global` or `nonlocal` sends it elsewhere).
  public var isLocal: Bool {
    !flags.isDisjoint(with: .bound) && flags.isDisjoint(with: [.declaredGlobal, .declaredNonlocal])
  }
}

/// What binds a name.
public enum BindingKind: UInt8, Sendable, Hashable {
  case assignment
  /// `x: T = value`.
  case annotatedAssignment
  /// `x: T` without a value: declares, binds nothing.
  case annotation
  case augmentedAssignment
  /// `import a.b` or `import a.b as c`; `node` is the alias.
  case `import`
  /// `from m import a`; `node` is the alias.
  case importFrom
  case function, `class`, parameter, forTarget, comprehensionTarget, withTarget, exceptHandler, walrus, matchCapture
  case deletion, typeParameter, typeAlias
}

/// One place that binds a name, or an attribute of some object.
public struct Binding: Sendable {
  public let kind: BindingKind
  /// The name, attribute, alias, parameter, definition, handler or pattern that is bound.
  public let node: NodeID
  /// The statement (or comprehension, lambda, walrus) that does it.
  public let statement: NodeID
  /// The expression whose value (or an element, item or result of it) is bound; none where there is none.
  ///
  /// Assignments, walrus: the right-hand side, for literal tuples the element. Loops and comprehensions: the iterable.
  /// `with`: the context expression. Handlers: the exception's type. Match captures: the subject. Parameters: the
  /// default.
  public let value: NodeID
  /// The annotation of a parameter or an annotated assignment.
  public let annotation: NodeID
  /// Where the bound element lies in `value` when that is unpacked; empty for the value itself.
  public let path: UnpackPath
  /// The scope whose code binds (another one than the symbol's own after `global` or `nonlocal`).
  public let scope: ScopeID
  var next: UInt32 = Scope.end
}

/// Position of an element in an unpacked value: one byte a level, outermost first; 254 elements and 4 levels at most.
public struct UnpackPath: Sendable, Hashable {
  let bits: UInt32
  static let whole = UnpackPath(bits: 0)

  /// True when the value itself is meant.
  public var isWhole: Bool { bits == 0 }

  /// Positions from the outermost; nil stands for a place that is not known (starred, or too deep).
  public var positions: [Int?] {
    var result: [Int?] = []
    var rest = bits
    while rest != 0 {
      let byte = rest & 0xFF
      result.append(byte == 0xFF ? nil : Int(byte) - 1)
      rest >>= 8
    }
    return result
  }

  func appending(_ position: Int?) -> UnpackPath {
    var shift: UInt32 = 0
    while shift < 32, (bits >> shift) & 0xFF != 0 { shift += 8 }
    guard shift < 32 else { return UnpackPath(bits: bits | 0xFF00_0000) }
    let byte: UInt32
    if let position, position < 254 { byte = UInt32(position) + 1 } else { byte = 0xFF }
    return UnpackPath(bits: bits | (byte << shift))
  }
}

/// An assignment to an attribute: `receiver.name = value`.
public struct AttributeBinding: Sendable {
  /// The attribute node, or the annotated target.
  public let node: NodeID
  /// The expression left of the dot.
  public let receiver: NodeID
  let nameIndex: UInt32
  public let binding: Binding
}

/// `from m import *`.
public struct StarImport: Sendable {
  public let statement: NodeID
  public let scope: ScopeID
}
