import MerlonAPI
import MerlonBase
import MerlonFlow
import MerlonProgram

/// What running a function does, in terms of its parameters.
struct Summary {
  var accesses: [Access] = []
  var checks: [Check] = []
  var effects: [Effect] = []
  var writes: [FieldWrite] = []
  /// Calls that can't be followed and get something of the caller's.
  var opaque: [OpaqueCall] = []
  /// What takes part in the result: in the returned values, and in choosing which of them is returned.
  var result: [FlowValue] = []
  /// True when no code is there to follow: an abstract method, a stub.
  var isEmpty = false
}

/// A load, update or delete of a stored object.
struct Access {
  var kind: Effect.Kind
  var entity: [FlowValue]
  var entityName: String
  var selectors: [StoreOperation.Selector]
  var choosers: [FlowValue]
  /// Values that the object was compared with, where a failure refuses.
  var partners: [FlowValue]
  /// The object in terms of the function: what its call yields, or what it was handed.
  var object: [FlowValue]
  /// What has been tested before it happens, the object's own tests left out.
  var guards: [Check]
  /// True when a missing object refuses.
  var isRequired: Bool
  var isList: Bool
  var isReturned: Bool
  var strength: StoreOperation.Strength
  var location: SourceLocation
  var steps: [FlowStep]
}

/// A test whose failure turns the request away.
///
/// An object: many accesses stand behind the same test, which is translated for a caller once for all of them.
final class Check: Equatable {
  /// The sides of a comparison, or the arguments of the function that decides; what takes part in each.
  let groups: [[FlowValue]]
  /// True when it raises: callers are left with it too.
  let raises: Bool
  /// True when code that can't be followed decides.
  let isOpaque: Bool
  /// True when names in it speak of roles or permissions.
  let isRole: Bool
  let location: SourceLocation

  init(groups: [[FlowValue]], raises: Bool, isOpaque: Bool, isRole: Bool, location: SourceLocation) {
    self.groups = groups
    self.raises = raises
    self.isOpaque = isOpaque
    self.isRole = isRole
    self.location = location
  }

  /// The same test with what takes part in it said in other terms.
  func mapped(_ transform: ([FlowValue]) -> [FlowValue]) -> Check {
    Check(groups: groups.map(transform), raises: raises, isOpaque: isOpaque, isRole: isRole, location: location)
  }

  static func == (left: Check, right: Check) -> Bool {
    left === right
      || left.location == right.location && left.raises == right.raises && left.isOpaque == right.isOpaque
        && left.isRole == right.isRole && left.groups == right.groups
  }

  /// All values that take part.
  var values: [FlowValue] {
    groups.count == 1 ? groups[0] : groups.reduce(into: []) { all, group in all += group.filter { !all.contains($0) } }
  }
}

/// A value put into a field of a stored object.
struct FieldWrite: Hashable {
  enum Form: Hashable {
    case plain
    /// All of a mapping at once: `**data`, `setattr` in a loop.
    case spread
  }

  var form: Form
  var entity: [FlowValue]
  /// Empty for spreads.
  var field: String
  /// For spreads the mapping.
  var values: [FlowValue]
  /// Fields that are set beside a spread, which it can't change.
  var fixed: [String]
  var location: SourceLocation
}

struct OpaqueCall: Hashable {
  var name: String
  var values: [FlowValue]
  var location: SourceLocation
}

/// Roots that values get when they come from outside of the code.
enum Label {
  static let principal: UInt32 = 0
  static let request: UInt32 = 1
  /// The body that the code reads itself, or a message of a WebSocket.
  static let rawBody: UInt32 = 2
  static let firstClient: UInt32 = 16
  static let firstDependency: UInt32 = 100_000
  /// What comes from outside in other ways (`SourceTable`).
  static let firstSource: UInt32 = 200_000
}

extension FlowValue {
  var isOutside: Bool {
    switch root {
    case .parameter, .label, .global: true
    case .call, .made: false
    }
  }
}
