import MerlonPython

/// What an expression may denote, as far as static reading tells.
struct Value: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case unknown
    case none
    case module(ModuleID)
    /// A directory of project modules without `__init__`, by dotted name.
    case namespace(String)
    /// A library's module, function, class or attribute by canonical dotted name; which of these is not known.
    case library(String)
    /// A project function; `receiver` is what it is bound to.
    case function(Definition, receiver: TypeReference?)
    /// A class itself.
    case classObject(TypeReference)
    case instance(TypeReference)
    /// `super()` in a method of this class, for a receiver of this type.
    case superProxy(Definition, TypeReference)
    /// `functools.partial(…)`: the call that made it.
    case partial(Definition)
  }

  var kind: Kind
  /// The module-level variable, class attribute or instance field that holds the value, where it is one.
  var place: Place?

  init(_ kind: Kind, place: Place? = nil) {
    self.kind = kind
    self.place = place
  }

  static let unknown = Value(.unknown)

  /// The same value without the place that it was read from.
  var moved: Value { Value(kind) }
}

/// A variable that has a dotted name: of a module, a class, or the instances of a class.
struct Place: Sendable, Hashable {
  var name: String
  var definition: Definition
}

/// Results kept for one module.
struct SemanticCache: Sendable {
  struct Entry: Sendable {
    var values: [Value]
    /// Levels of evaluation below.
    var height: Int
    /// Steps that the evaluation took.
    var cost: Int
    /// What was evaluated below when the evaluation met itself: the result then only holds where none of these is
    /// under way. Empty for plain evaluations; nil when there were too many, so that it only answers from outside.
    var cycle: Set<UInt64>?
    /// What it rests on beside the module itself (see `LookRecorder`); empty where looks are not tracked.
    var looks: [UInt32] = []
  }

  var entries: [UInt64: Entry] = [:]
  var orders: [UInt32: (order: [ClassReference], looks: [UInt32])] = [:]
  var exported: Set<String>??
  var nameIndex: [String: UInt32]?
  var fields: [UInt32: [String: [Int]]]?
}
