/// The structure of a document: headers, keys, arrays and inline tables. Scalars are read in `TOMLScalars.swift`.
struct TOMLParser {
  let bytes: [UInt8]
  /// Offset of the next byte.
  var offset = 0
  private let lineStarts: [Int]
  /// Number of the header whose section is being read, from 1 (the part before any header): what dotted keys made in
  /// an earlier section is closed.
  private var section = 1

  init(bytes: [UInt8]) {
    self.bytes = bytes
    var starts = [0]
    for (index, byte) in bytes.enumerated() where byte == .newline { starts.append(index + 1) }
    lineStarts = starts
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { offset = 3 }
  }

  /// toml = expression *( newline expression )
  mutating func parseDocument() throws(TOMLError) -> TOMLTable {
    try checkEncoding()
    let root = TableNode()
    var current = root
    var depth = 0
    while true {
      skipBlanks()
      guard let byte = peek() else { break }
      switch byte {
      case .newline, .carriageReturn, .hash:
        try expectLineEnd()
      case .leftBracket:
        section += 1
        (current, depth) = try parseHeader(root)
        try expectLineEnd()
      default:
        try parseKeyValue(into: current, depth: depth)
        try expectLineEnd()
      }
    }
    return root.frozen()
  }
}

// MARK: - Headers and keys

extension TOMLParser {
  struct KeyPart {
    var text: String
    var range: TextRange
  }

  /// std-table / array-table; answers the table that the following pairs belong to and its depth.
  private mutating func parseHeader(_ root: TableNode) throws(TOMLError) -> (TableNode, Int) {
    let start = offset
    offset += 1
    let isArray = peek() == .leftBracket
    if isArray { offset += 1 }
    let key = try parseKey(depth: 0)
    guard peek() == .rightBracket else { throw failure("expected `]` at the end of the table's header") }
    offset += 1
    if isArray {
      guard peek() == .rightBracket else { throw failure("expected `]]` at the end of the header") }
      offset += 1
    }
    guard let last = key.last else { throw failure("expected a key", at: start) }
    var table = root
    for part in key.dropLast() {
      table = try descend(from: table, part: part)
    }
    let range = self.range(from: start)
    guard let existing = table.value(last.text) else {
      let node = TableNode()
      node.isDefined = true
      table.add(key: last, value: isArray ? .tables(TableList([node])) : .table(node), range: range, in: self)
      return (node, key.count)
    }
    switch existing {
    case .tables(let list) where isArray:
      let node = TableNode()
      node.isDefined = true
      list.nodes.append(node)
      return (node, key.count)
    case .table(let node) where !isArray && !node.isDefined && node.dottedSection == 0:
      node.isDefined = true
      return (node, key.count)
    default:
      throw failure("`\(joined(key))` is defined twice", at: Int(last.range.start))
    }
  }

  /// The table that a part of a header before the last names: an existing one, the last of an array, or a new one.
  private func descend(from table: TableNode, part: KeyPart) throws(TOMLError) -> TableNode {
    switch table.value(part.text) {
    case nil:
      let node = TableNode()
      table.add(key: part, value: .table(node), range: part.range, in: self)
      return node
    case .table(let node):
      return node
    case .tables(let list):
      if let node = list.nodes.last { return node }
      throw failure("`\(part.text)` is not a table", at: Int(part.range.start))
    case .leaf:
      throw failure("`\(part.text)` has a value already and can't be extended", at: Int(part.range.start))
    }
  }

  /// keyval = key keyval-sep val
  fileprivate mutating func parseKeyValue(into table: TableNode, depth: Int) throws(TOMLError) {
    let key = try parseKey(depth: depth)
    guard peek() == .equals else { throw failure("expected `=` after the key") }
    offset += 1
    skipBlanks()
    var target = table
    for part in key.dropLast() {
      switch target.value(part.text) {
      case nil:
        let node = TableNode()
        node.dottedSection = section
        target.add(key: part, value: .table(node), range: part.range, in: self)
        target = node
      case .table(let node) where !node.isDefined && (node.dottedSection == 0 || node.dottedSection == section):
        node.dottedSection = section
        target = node
      default:
        throw failure(
          "`\(part.text)` is defined already and can't be extended by a dotted key", at: Int(part.range.start))
      }
    }
    let value = try parseValue(depth: depth + key.count)
    guard let last = key.last else { return }
    guard target.value(last.text) == nil else {
      throw failure("the key `\(joined(key))` is defined twice", at: Int(last.range.start))
    }
    target.add(key: last, value: .leaf(value), range: value.range, in: self)
  }

  /// key = simple-key / dotted-key; blanks around it are skipped.
  private mutating func parseKey(depth: Int) throws(TOMLError) -> [KeyPart] {
    var parts: [KeyPart] = []
    while true {
      skipBlanks()
      let start = offset
      let text: String
      switch peek() {
      case .quote: text = try parseBasicString()
      case .apostrophe: text = try parseLiteralString()
      default:
        while let byte = peek(), byte.isBareKey { offset += 1 }
        if offset == start { throw failure("expected a key\(found())") }
        text = String(decoding: bytes[start..<offset], as: UTF8.self)
      }
      parts.append(KeyPart(text: text, range: range(from: start)))
      if depth + parts.count > TOML.maximumDepth { throw tooDeep(at: start) }
      skipBlanks()
      guard peek() == .dot else { return parts }
      offset += 1
    }
  }

  private func joined(_ key: [KeyPart]) -> String { key.map(\.text).joined(separator: ".") }
}

// MARK: - Values

extension TOMLParser {
  /// val; the nesting is bounded by `depth`.
  mutating func parseValue(depth: Int) throws(TOMLError) -> TOMLValue {
    let start = offset
    if depth > TOML.maximumDepth { throw tooDeep(at: start) }
    let kind: TOMLValue.Kind
    switch peek() {
    case .quote:
      kind = .string(starts(with: "\"\"\"") ? try parseMultilineBasicString() : try parseBasicString())
    case .apostrophe:
      kind = .string(starts(with: "'''") ? try parseMultilineLiteralString() : try parseLiteralString())
    case .leftBracket: kind = .array(try parseArray(depth: depth))
    case .leftBrace: kind = .table(try parseInlineTable(depth: depth))
    default: kind = try parseBareScalar()
    }
    return TOMLValue(kind: kind, range: range(from: start), position: position(start))
  }

  private mutating func parseArray(depth: Int) throws(TOMLError) -> [TOMLValue] {
    let start = offset
    offset += 1
    var values: [TOMLValue] = []
    while true {
      try skipBlanksCommentsAndNewlines()
      if peek() == .rightBracket { break }
      if peek() == nil { throw failure("this array is not closed by `]`", at: start) }
      values.append(try parseValue(depth: depth + 1))
      try skipBlanksCommentsAndNewlines()
      if peek() == .comma {
        offset += 1
      } else if peek() != .rightBracket {
        if peek() == nil { throw failure("this array is not closed by `]`", at: start) }
        throw failure("expected `,` or `]` after the array's value\(found())")
      }
    }
    offset += 1
    return values
  }

  private mutating func parseInlineTable(depth: Int) throws(TOMLError) -> TOMLTable {
    offset += 1
    let table = TableNode()
    skipBlanks()
    if peek() == .rightBrace {
      offset += 1
      return table.frozen()
    }
    while true {
      try parseKeyValue(into: table, depth: depth)
      skipBlanks()
      switch peek() {
      case .comma: offset += 1
      case .rightBrace:
        offset += 1
        return table.frozen()
      case .newline, .carriageReturn, .hash:
        throw failure("an inline table must stand on one line (TOML 1.0)")
      default: throw failure("expected `,` or `}` after the inline table's value\(found())")
      }
    }
  }
}

// MARK: - Bytes

extension TOMLParser {
  func peek() -> UInt8? { offset < bytes.count ? bytes[offset] : nil }

  func starts(with text: StaticString) -> Bool {
    let count = text.utf8CodeUnitCount
    guard offset + count <= bytes.count else { return false }
    return text.withUTF8Buffer { bytes[offset..<offset + count].elementsEqual($0) }
  }

  func range(from start: Int) -> TextRange { TextRange(start: UInt32(clamping: start), end: UInt32(clamping: offset)) }

  func position(_ offset: Int) -> SourcePosition {
    var low = 0
    var high = lineStarts.count
    while low < high {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle + 1 } else { high = middle }
    }
    let start = low > 0 ? lineStarts[low - 1] : 0
    return SourcePosition(line: max(low, 1), column: offset - start)
  }

  func failure(_ message: String, at place: Int? = nil) -> TOMLError {
    TOMLError(position: position(place ?? offset), message: message)
  }

  private func tooDeep(at place: Int) -> TOMLError {
    failure("nested deeper than \(TOML.maximumDepth) levels", at: place)
  }

  /// ", found `x`" for a printable byte, ", found the end of the line" or "… of the file".
  func found() -> String {
    switch peek() {
    case nil: ", found the end of the file"
    case .newline?, .carriageReturn?: ", found the end of the line"
    case .backtick?: ", found a back quote"
    case let byte? where byte > 0x20 && byte < 0x7F: ", found `\(Character(UnicodeScalar(byte)))`"
    default: ""
    }
  }

  mutating func skipBlanks() {
    while let byte = peek(), byte == .space || byte == .tab { offset += 1 }
  }

  private mutating func skipBlanksCommentsAndNewlines() throws(TOMLError) {
    while true {
      skipBlanks()
      switch peek() {
      case .newline, .carriageReturn: try expectNewline()
      case .hash: try skipComment()
      default: return
      }
    }
  }

  /// Blanks, a comment, then the end of the line or of the file.
  private mutating func expectLineEnd() throws(TOMLError) {
    skipBlanks()
    if peek() == .hash { try skipComment() }
    if peek() == nil { return }
    try expectNewline()
  }

  private mutating func expectNewline() throws(TOMLError) {
    switch peek() {
    case .newline: offset += 1
    case .carriageReturn where offset + 1 < bytes.count && bytes[offset + 1] == .newline: offset += 2
    case .carriageReturn: throw failure("a carriage return must be followed by a line feed")
    default: throw failure("expected the end of the line\(found())")
    }
  }

  private mutating func skipComment() throws(TOMLError) {
    while let byte = peek(), byte != .newline {
      if byte == .carriageReturn, offset + 1 < bytes.count, bytes[offset + 1] == .newline { return }
      if byte.isForbiddenControl { throw failure("control characters are not allowed in comments") }
      offset += 1
    }
  }

  /// The whole document must be UTF-8; the fault is placed at the first bad byte.
  private func checkEncoding() throws(TOMLError) {
    var rest = bytes[...]
    // A run of ASCII is skipped quickly; decoding validates what is left.
    while let index = rest.firstIndex(where: { $0 >= 0x80 }) {
      let length = rest[index] >= 0xF0 ? 4 : rest[index] >= 0xE0 ? 3 : 2
      let end = min(index + length, rest.endIndex)
      guard String(validating: rest[index..<end], as: UTF8.self) != nil else {
        throw failure("the file is not valid UTF-8", at: index)
      }
      rest = rest[end...]
    }
  }
}

extension UInt8 {
  static let tab: UInt8 = 0x09
  static let newline: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let space: UInt8 = 0x20
  static let quote: UInt8 = 0x22
  static let hash: UInt8 = 0x23
  static let apostrophe: UInt8 = 0x27
  static let comma: UInt8 = 0x2C
  static let dot: UInt8 = 0x2E
  static let equals: UInt8 = 0x3D
  static let leftBracket: UInt8 = 0x5B
  static let backslash: UInt8 = 0x5C
  static let rightBracket: UInt8 = 0x5D
  static let backtick: UInt8 = 0x60
  static let leftBrace: UInt8 = 0x7B
  static let rightBrace: UInt8 = 0x7D

  var isDigit: Bool { self >= 0x30 && self <= 0x39 }

  fileprivate var isBareKey: Bool {
    isDigit || (self | 0x20 >= 0x61 && self | 0x20 <= 0x7A) || self == 0x2D || self == 0x5F
  }

  /// A control character that TOML allows nowhere (tab, line feed and carriage return are treated apart).
  var isForbiddenControl: Bool { (self < 0x20 && self != .tab) || self == 0x7F }
}

// MARK: - Tables under construction

/// A table while the document is read: it can still be extended, and knows who may do so.
private final class TableNode {
  enum Value {
    case leaf(TOMLValue)
    case table(TableNode)
    case tables(TableList)
  }

  /// Named by a header of its own: it can't be defined again.
  var isDefined = false
  /// The section whose dotted keys made or extended it, which alone may add to it in this way; 0 for none.
  var dottedSection = 0

  private var keys: [(key: String, range: TextRange, position: SourcePosition, value: Value, place: TOMLValue)] = []
  private var index: [String: Int] = [:]

  func value(_ key: String) -> Value? { index[key].map { keys[$0].value } }

  func add(key: TOMLParser.KeyPart, value: Value, range: TextRange, in parser: TOMLParser) {
    index[key.text] = keys.count
    let place = TOMLValue(kind: .boolean(false), range: range, position: parser.position(Int(range.start)))
    keys.append((key.text, key.range, parser.position(Int(key.range.start)), value, place))
  }

  func frozen() -> TOMLTable {
    TOMLTable(
      entries: keys.map { item in
        var value = item.place
        switch item.value {
        case .leaf(let leaf): value = leaf
        case .table(let node): value.kind = .table(node.frozen())
        case .tables(let list):
          value.kind = .array(
            list.nodes.map { TOMLValue(kind: .table($0.frozen()), range: value.range, position: value.position) })
        }
        return TOMLTable.Entry(key: item.key, keyRange: item.range, keyPosition: item.position, value: value)
      })
  }
}

/// An array of tables while headers still add to it.
private final class TableList {
  var nodes: [TableNode]
  init(_ nodes: [TableNode]) { self.nodes = nodes }
}
