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
  /// What the value has been through on its way.
  package var passed: Passed

  /// What a value has been through on its way from the root: conversions that leave less in it than a caller may want.
  package struct Passed: OptionSet, Sendable, Hashable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// It was computed from the root's value, and is not itself part of it.
    package static let derived = Passed(rawValue: 1 << 0)
    /// It was made a path object.
    package static let path = Passed(rawValue: 1 << 1)
    /// It is a number, a truth value, a UUID, a length, a digest: nothing that holds text of the caller's choice.
    package static let number = Passed(rawValue: 1 << 2)
    /// It is the last part of a path.
    package static let baseName = Passed(rawValue: 1 << 3)
    /// It was escaped for HTML.
    package static let html = Passed(rawValue: 1 << 4)
    /// It was percent-encoded, slashes too.
    package static let urlPart = Passed(rawValue: 1 << 5)
    /// It was quoted for a shell.
    package static let shell = Passed(rawValue: 1 << 6)
    /// It was escaped for a regular expression.
    package static let pattern = Passed(rawValue: 1 << 7)
    /// It stands behind other text that says where a URL leads.
    package static let behindHost = Passed(rawValue: 1 << 8)
    /// It was resolved: no `..` and no link is left.
    package static let resolved = Passed(rawValue: 1 << 9)
    /// A check that holds has kept it below a folder.
    package static let contained = Passed(rawValue: 1 << 10)
    /// A check has compared it with values that the code knows.
    package static let allowListed = Passed(rawValue: 1 << 11)
    /// It was handed through a function of the project as a parameter, as far as the flow alone can tell: who wants to
    /// know what the function did to it reads the call.
    package static let throughCall = Passed(rawValue: 1 << 12)
    /// It is text: no mapping and no list.
    package static let text = Passed(rawValue: 1 << 13)
    /// It was escaped for a filter of LDAP.
    package static let ldap = Passed(rawValue: 1 << 14)
    /// No line break is left in it.
    package static let oneLine = Passed(rawValue: 1 << 15)
    /// It was quoted or checked for SQL.
    package static let sql = Passed(rawValue: 1 << 16)
    /// A check or a cut keeps the number below a bound.
    package static let bounded = Passed(rawValue: 1 << 17)
    /// It was escaped for XPath.
    package static let xpath = Passed(rawValue: 1 << 18)

    /// The mark of a sanitiser for a kind of place that only the models of a project know, by its position there.
    package static func own(_ position: Int) -> Passed {
      position < 12 ? Passed(rawValue: 1 << (20 + UInt32(position))) : []
    }
  }

  package var isDerived: Bool {
    get { passed.contains(.derived) }
    set { if newValue { passed.insert(.derived) } else { passed.remove(.derived) } }
  }

  package init(_ root: Root, path: FlowPath = [], isDerived: Bool = false) {
    self.root = root
    self.path = path
    self.passed = isDerived ? .derived : []
  }

  /// The value after a conversion.
  package func passing(_ more: Passed) -> FlowValue {
    var result = self
    result.passed.formUnion(more)
    return result
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

  package func passing(_ more: FlowValue.Passed) -> [FlowValue] {
    more.isEmpty ? self : map { $0.passing(more) }
  }

  package var derived: [FlowValue] {
    var result: [FlowValue] = []
    result.merge(map(\.derived))
    return result
  }
}
