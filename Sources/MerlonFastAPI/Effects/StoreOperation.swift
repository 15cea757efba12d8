import MerlonAPI
import MerlonBase
import MerlonFlow
import MerlonProgram
import MerlonPython

/// What one call does to a store.
struct StoreOperation {
  /// How the operation is known.
  enum Strength: Int, Sendable, Hashable, Comparable {
    /// Only by the name of a function that can't be followed.
    case name
    /// By its form: an entity, a statement or a filter takes part.
    case form

    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  var kind: Effect.Kind
  /// What the entity comes from: a class by name, or a parameter that holds one.
  var entity: [FlowValue]
  /// Display name where no class is known: a table, a collection, a container.
  var entityName: String
  /// The values that pick the object, with the column they are compared with (empty when unknown).
  var selectors: [Selector]
  /// Everything that takes part in picking.
  var choosers: [FlowValue]
  /// Where the object is when the operation gets it instead of finding it (`session.delete(item)`).
  var object: [FlowValue]
  /// What is written, for creations and updates.
  var data: [NodeID]
  /// True when it answers with many objects.
  var isList: Bool
  var strength: Strength

  struct Selector: Sendable, Hashable {
    var column: String
    var values: [FlowValue]
  }

  init(_ kind: Effect.Kind, strength: Strength = .form) {
    self.kind = kind
    self.entity = []
    self.entityName = ""
    self.selectors = []
    self.choosers = []
    self.object = []
    self.data = []
    self.isList = false
    self.strength = strength
  }
}
