public import MerlonPython

/// Index of a module in its program: the position in `Program.modules`, or beyond for installed modules.
public struct ModuleID: Sendable, Hashable, Comparable {
  public let index: UInt32
  @inlinable public init(_ index: UInt32) { self.index = index }
  @inlinable public static func < (left: ModuleID, right: ModuleID) -> Bool { left.index < right.index }
}

/// A function, class, variable or other node of some module.
public struct Definition: Sendable, Hashable {
  public let module: ModuleID
  /// The definition statement, or the bound name, alias, parameter or attribute.
  public let node: NodeID

  public init(module: ModuleID, node: NodeID) {
    self.module = module
    self.node = node
  }
}

/// A type as the analysis knows it: a class by name, with its arguments.
public struct TypeReference: Sendable, Hashable {
  /// Canonical dotted name of the class: `builtins.str`, `starlette.requests.Request`, `shop.models.User`.
  public var qualifiedName: String
  public var arguments: [TypeReference]
  /// True for the class itself (`type[X]`), false for its instances.
  public var isClassObject: Bool
  /// The class statement when the project (or a read package) defines the class.
  public var definition: Definition?

  public init(
    _ qualifiedName: String, arguments: [TypeReference] = [], isClassObject: Bool = false,
    definition: Definition? = nil
  ) {
    self.qualifiedName = qualifiedName
    self.arguments = arguments
    self.isClassObject = isClassObject
    self.definition = definition
  }
}
