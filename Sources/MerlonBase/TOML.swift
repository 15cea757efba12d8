/// Reads TOML 1.0 (https://toml.io/en/v1.0.0) and keeps where every key and value stands, so that a message about a
/// setting can point at it and an edit can leave everything else as it is.
public enum TOML {
  /// Deepest nesting of tables and arrays that is read; a deeper document is an error, so that nothing recurses far.
  public static let maximumDepth = 128

  /// Reads a document.
  ///
  /// - Parameter bytes: UTF-8 text, with or without byte order mark.
  /// - Throws: the first fault of the document, with its place.
  public static func parse(_ bytes: [UInt8]) throws(TOMLError) -> TOMLTable {
    var parser = TOMLParser(bytes: bytes)
    return try parser.parseDocument()
  }

  /// Reads a document that is at hand as a string.
  public static func parse(_ text: String) throws(TOMLError) -> TOMLTable { try parse(Array(text.utf8)) }
}

/// The first fault of a TOML document.
public struct TOMLError: Error, Sendable, Hashable {
  public var position: SourcePosition
  /// What is wrong and what was expected; lower case start, no full stop.
  public var message: String

  public init(position: SourcePosition, message: String) {
    self.position = position
    self.message = message
  }
}

/// A value and its place.
public struct TOMLValue: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case string(String)
    case integer(Int64)
    case float(Double)
    case boolean(Bool)
    /// A valid date, time or both, as written.
    case date(String)
    case array([TOMLValue])
    case table(TOMLTable)
  }

  public var kind: Kind
  /// The bytes of the value; for a table that a header or a dotted key opened, those of that key.
  public var range: TextRange
  /// Where `range` starts.
  public var position: SourcePosition

  public init(kind: Kind, range: TextRange, position: SourcePosition) {
    self.kind = kind
    self.range = range
    self.position = position
  }

  /// What kind of value it is, for messages: "a string", "an array", …
  public var kindName: String {
    switch kind {
    case .string: "a string"
    case .integer: "an integer"
    case .float: "a float"
    case .boolean: "a boolean"
    case .date: "a date or time"
    case .array: "an array"
    case .table: "a table"
    }
  }

  public var string: String? { if case .string(let value) = kind { value } else { nil } }
  public var integer: Int64? { if case .integer(let value) = kind { value } else { nil } }
  public var boolean: Bool? { if case .boolean(let value) = kind { value } else { nil } }
  public var array: [TOMLValue]? { if case .array(let value) = kind { value } else { nil } }
  public var table: TOMLTable? { if case .table(let value) = kind { value } else { nil } }
}

/// The entries of a table, in the order in which the document names them first.
public struct TOMLTable: Sendable, Hashable {
  public struct Entry: Sendable, Hashable {
    public var key: String
    /// The bytes of the key as first written, quotes included.
    public var keyRange: TextRange
    /// Where the key stands.
    public var keyPosition: SourcePosition
    public var value: TOMLValue

    public init(key: String, keyRange: TextRange, keyPosition: SourcePosition, value: TOMLValue) {
      self.key = key
      self.keyRange = keyRange
      self.keyPosition = keyPosition
      self.value = value
    }
  }

  public private(set) var entries: [Entry]
  private var index: [String: Int]

  public init(entries: [Entry] = []) {
    self.entries = entries
    self.index = [:]
    for (position, entry) in entries.enumerated() { index[entry.key] = position }
  }

  /// The value of a key of this table (not a dotted path).
  public subscript(key: String) -> TOMLValue? { entry(key)?.value }

  public func entry(_ key: String) -> Entry? { index[key].map { entries[$0] } }
}
