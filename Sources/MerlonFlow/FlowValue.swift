package import MerlonProgram

/// Where a value comes from: a root, and the way from it (`form.items[]`), cut at three steps.
///
/// Values are symbolic: inside a function its parameters are roots, so that the flow through a function is computed once
/// and serves every caller.
package struct FlowValue: Sendable, Hashable {
  package enum Root: Sendable, Hashable {
    /// A parameter of the function, or of one around it (closures).
    case parameter(Definition)
    /// What a call, or a subscript whose index is not constant, yields.
    case call(Definition)
    /// A display, comprehension or nested function: its parts are known.
    case made(Definition)
    /// A module's variable, function or class, or something of a library, by dotted name.
    case global(FlowName)
    /// What the user of the engine handed in for a parameter.
    case label(UInt32)
  }

  package var root: Root
  /// Attribute names and constant keys alike; `[]` stands for an element of unknown position.
  package var path: FlowPath
  /// True when the value was computed from the root's, and is not itself part of it.
  package var isDerived: Bool

  package init(_ root: Root, path: FlowPath = [], isDerived: Bool = false) {
    self.root = root
    self.path = path
    self.isDerived = isDerived
  }

  /// Longest way that is kept; further steps are dropped, so the value then stands for all below.
  package static let depthLimit = 3
  /// Most values that are kept for one expression.
  package static let setLimit = 32

  /// The step to an element of unknown position.
  package static let element: FlowName = "[]"

  package func appending(_ step: FlowName) -> FlowValue {
    // An element of an element of a list says no more than an element.
    if step == Self.element, path.last == Self.element { return self }
    var result = self
    result.path.append(step)
    return result
  }

  package var derived: FlowValue {
    var result = self
    result.isDerived = true
    return result
  }

  /// True when the value lies on the way of the other or below it: `item.owner` and `item.owner.id`.
  package func overlaps(_ other: FlowValue) -> Bool {
    root == other.root && path.overlaps(other.path)
  }
}

/// Sets of values, kept in the order of the code so that answers are the same in every run.
extension [FlowValue] {
  package mutating func merge(_ others: [FlowValue]) {
    for value in others where count < FlowValue.setLimit && !contains(value) { append(value) }
  }

  package func merged(_ others: [FlowValue]) -> [FlowValue] {
    var result = self
    result.merge(others)
    return result
  }

  package var derived: [FlowValue] {
    var result: [FlowValue] = []
    result.merge(map(\.derived))
    return result
  }
}
