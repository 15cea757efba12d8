import Synchronization

/// A name or key of analysed code as a number: values carry several, and are compared and hashed all the time.
///
/// Equal texts have equal numbers, in the whole process; a text is kept once and for good. Numbers say nothing about
/// order.
package struct FlowName: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
  let number: UInt32

  private struct Table {
    var numbers: [String: UInt32] = ["": 0]
    var texts: [String] = [""]
  }

  private static let table = Mutex(Table())

  package init(_ text: String) {
    number = Self.table.withLock { table in
      if let known = table.numbers[text] { return known }
      let next = UInt32(table.texts.count)
      table.texts.append(text)
      table.numbers[text] = next
      return next
    }
  }

  package init(stringLiteral value: String) { self.init(value) }

  init(number: UInt32) { self.number = number }

  package var text: String { Self.table.withLock { $0.texts[Int(number)] } }
  package var description: String { text }
}

/// The way from a value's root to a part of it: up to `FlowValue.depthLimit` steps.
package struct FlowPath: Sendable, Hashable, ExpressibleByArrayLiteral {
  // Three numbers in place, zero behind the last step: paths are copied with every value, and need no memory so.
  private var first: UInt32 = 0
  private var second: UInt32 = 0
  private var third: UInt32 = 0

  package init() {}

  package init(arrayLiteral elements: FlowName...) { self.init(elements) }

  package init(_ steps: some Sequence<FlowName>) { for step in steps { append(step) } }

  package var count: Int { first == 0 ? 0 : second == 0 ? 1 : third == 0 ? 2 : 3 }
  package var isEmpty: Bool { first == 0 }

  package var last: FlowName? {
    switch count {
    case 0: nil
    case 1: FlowName(number: first)
    case 2: FlowName(number: second)
    default: FlowName(number: third)
    }
  }

  package var head: FlowName? { isEmpty ? nil : FlowName(number: first) }

  package var steps: [FlowName] { [first, second, third].filter { $0 != 0 }.map(FlowName.init(number:)) }
  /// The steps as texts.
  package var texts: [String] { isEmpty ? [] : steps.map(\.text) }

  /// Adds a step; steps beyond the limit, and empty ones, are dropped.
  package mutating func append(_ step: FlowName) {
    switch count {
    case 0: first = step.number
    case 1: second = step.number
    case 2: third = step.number
    default: break
    }
  }

  package mutating func removeLast() {
    switch count {
    case 0: break
    case 1: first = 0
    case 2: second = 0
    default: third = 0
    }
  }

  package var dropFirst: FlowPath {
    var result = FlowPath()
    result.first = second
    result.second = third
    return result
  }

  /// True when one of the two begins with the other.
  func overlaps(_ other: FlowPath) -> Bool {
    (first == other.first || first == 0 || other.first == 0)
      && (second == other.second || second == 0 || other.second == 0)
      && (third == other.third || third == 0 || other.third == 0)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(UInt64(first) << 32 | UInt64(second))
    if third != 0 { hasher.combine(third) }
  }
}
