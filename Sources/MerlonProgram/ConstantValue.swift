/// A value that is known before the program runs. Containers may have parts that are not: `unknown`.
public indirect enum ConstantValue: Sendable, Hashable {
  case none
  case bool(Bool)
  case integer(Int)
  case double(Double)
  case string(String)
  case bytes([UInt8])
  case list([ConstantValue])
  case tuple([ConstantValue])
  case set([ConstantValue])
  /// In source order; `**other` of unknown content stands as an entry with unknown key.
  case dictionary([Entry])
  /// A class or a member of an enumeration, by canonical dotted name.
  case reference(String)
  /// A part that is not known; never the whole answer.
  case unknown

  public struct Entry: Sendable, Hashable {
    public var key: ConstantValue
    public var value: ConstantValue

    public init(key: ConstantValue, value: ConstantValue) {
      self.key = key
      self.value = value
    }
  }

  /// The text of a string.
  public var string: String? { if case .string(let text) = self { text } else { nil } }
  public var integer: Int? { if case .integer(let number) = self { number } else { nil } }
  public var bool: Bool? { if case .bool(let flag) = self { flag } else { nil } }

  /// The elements of a list, tuple or set.
  public var elements: [ConstantValue]? {
    switch self {
    case .list(let parts), .tuple(let parts), .set(let parts): parts
    default: nil
    }
  }

  public var entries: [Entry]? { if case .dictionary(let entries) = self { entries } else { nil } }

  /// The value under a string key; the last one wins, as in Python.
  public subscript(key: String) -> ConstantValue? { entries?.last { $0.key == .string(key) }?.value }

  /// True when no part is unknown.
  public var isComplete: Bool {
    switch self {
    case .unknown: false
    case .list(let parts), .tuple(let parts), .set(let parts): parts.allSatisfy(\.isComplete)
    case .dictionary(let entries): entries.allSatisfy { $0.key.isComplete && $0.value.isComplete }
    default: true
    }
  }

  /// Python's `bool(value)`; nil when that is not known.
  public var isTrue: Bool? {
    switch self {
    case .none: false
    case .bool(let flag): flag
    case .integer(let number): number != 0
    case .double(let number): number != 0
    case .string(let text): !text.isEmpty
    case .bytes(let bytes): !bytes.isEmpty
    case .list(let parts), .tuple(let parts), .set(let parts): !parts.isEmpty
    case .dictionary(let entries): !entries.isEmpty
    case .reference: true
    case .unknown: nil
    }
  }

  /// Python's `str(value)` for the simple kinds.
  var text: String? {
    switch self {
    case .none: "None"
    case .bool(let flag): flag ? "True" : "False"
    case .integer(let number): "\(number)"
    case .double(let number): "\(number)"
    case .string(let text): text
    default: nil
    }
  }
}
