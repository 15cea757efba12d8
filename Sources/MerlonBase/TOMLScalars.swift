/// Strings, numbers, booleans and dates.
extension TOMLParser {
  // MARK: Strings

  /// basic-string = quotation-mark *basic-char quotation-mark
  mutating func parseBasicString() throws(TOMLError) -> String {
    let start = offset
    offset += 1
    var text: [UInt8] = []
    while let byte = peek(), byte != .newline, byte != .carriageReturn {
      if byte == .quote {
        offset += 1
        return String(decoding: text, as: UTF8.self)
      }
      if byte == .backslash {
        try parseEscape(into: &text)
        continue
      }
      if byte.isForbiddenControl { throw failure("control characters must be escaped in strings") }
      text.append(byte)
      offset += 1
    }
    throw failure("this string is not closed by `\"`", at: start)
  }

  /// literal-string = apostrophe *literal-char apostrophe
  mutating func parseLiteralString() throws(TOMLError) -> String {
    let start = offset
    offset += 1
    while let byte = peek(), byte != .newline, byte != .carriageReturn {
      offset += 1
      if byte == .apostrophe {
        return String(decoding: bytes[start + 1..<offset - 1], as: UTF8.self)
      }
      if byte.isForbiddenControl {
        throw failure("control characters are not allowed in literal strings", at: offset - 1)
      }
    }
    throw failure("this string is not closed by `'`", at: start)
  }

  /// ml-basic-string: a line feed after the opening quotes is dropped; `\` at a line's end joins lines.
  mutating func parseMultilineBasicString() throws(TOMLError) -> String {
    try parseMultiline(quote: .quote, hasEscapes: true)
  }

  /// ml-literal-string
  mutating func parseMultilineLiteralString() throws(TOMLError) -> String {
    try parseMultiline(quote: .apostrophe, hasEscapes: false)
  }

  private mutating func parseMultiline(quote: UInt8, hasEscapes: Bool) throws(TOMLError) -> String {
    let start = offset
    offset += 3
    if peek() == .newline {
      offset += 1
    } else if isLineBreak(offset) {
      offset += 2
    }
    var text: [UInt8] = []
    while let byte = peek() {
      if byte == quote {
        let run = countRun(of: quote)
        // Up to two quotes may stand before the closing three.
        if run >= 3 {
          let kept = min(run - 3, 2)
          text.append(contentsOf: repeatElement(quote, count: kept))
          offset += kept + 3
          return String(decoding: text, as: UTF8.self)
        }
        text.append(contentsOf: repeatElement(quote, count: run))
        offset += run
      } else if byte == .backslash && hasEscapes {
        if try !skipLineContinuation() { try parseEscape(into: &text) }
      } else if byte == .carriageReturn {
        guard isLineBreak(offset) else { throw failure("a carriage return must be followed by a line feed") }
        text.append(.newline)
        offset += 2
      } else {
        if byte.isForbiddenControl && byte != .newline {
          throw failure("control characters must be escaped in strings")
        }
        text.append(byte)
        offset += 1
      }
    }
    throw failure("this string is not closed by three quotes", at: start)
  }

  /// mlb-escaped-nl = escape ws newline *( wschar / newline ); answers whether there was one.
  private mutating func skipLineContinuation() throws(TOMLError) -> Bool {
    let start = offset
    offset += 1
    skipBlanks()
    guard peek() == .newline || isLineBreak(offset) else {
      offset = start
      return false
    }
    while let byte = peek() {
      if byte == .space || byte == .tab || byte == .newline {
        offset += 1
      } else if isLineBreak(offset) {
        offset += 2
      } else {
        break
      }
    }
    return true
  }

  /// escaped = escape escape-seq-char
  private mutating func parseEscape(into text: inout [UInt8]) throws(TOMLError) {
    let start = offset
    offset += 1
    guard let byte = peek() else { throw failure("unfinished escape", at: start) }
    offset += 1
    switch byte {
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "t"): text.append(.tab)
    case UInt8(ascii: "n"): text.append(.newline)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "r"): text.append(.carriageReturn)
    case .quote, .backslash: text.append(byte)
    case UInt8(ascii: "u"): try parseUnicodeEscape(digits: 4, from: start, into: &text)
    case UInt8(ascii: "U"): try parseUnicodeEscape(digits: 8, from: start, into: &text)
    default: throw failure("unknown escape; write `\\\\` for a backslash", at: start)
    }
  }

  private mutating func parseUnicodeEscape(digits: Int, from start: Int, into text: inout [UInt8]) throws(TOMLError) {
    var value: UInt32 = 0
    for _ in 0..<digits {
      guard let byte = peek(), let digit = hexValue(byte) else {
        throw failure("expected \(digits) hexadecimal digits", at: start)
      }
      value = value << 4 | digit
      offset += 1
    }
    guard let scalar = UnicodeScalar(value) else { throw failure("not a Unicode scalar value", at: start) }
    text.append(contentsOf: Array(String(Character(scalar)).utf8))
  }

  private func hexValue(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x41...0x46: UInt32(byte - 0x41 + 10)
    case 0x61...0x66: UInt32(byte - 0x61 + 10)
    default: nil
    }
  }

  private func countRun(of byte: UInt8) -> Int {
    var end = offset
    while end < bytes.count, bytes[end] == byte, end - offset < 6 { end += 1 }
    return end - offset
  }

  private func isLineBreak(_ place: Int) -> Bool {
    place + 1 < bytes.count && bytes[place] == .carriageReturn && bytes[place + 1] == .newline
  }

  // MARK: Booleans, numbers, dates

  /// Whatever is neither a string, an array nor a table.
  mutating func parseBareScalar() throws(TOMLError) -> TOMLValue.Kind {
    let start = offset
    while let byte = peek(), byte.isScalarByte { offset += 1 }
    guard offset > start else { throw failure("expected a value\(found())") }
    // A date and a time may be parted by one space.
    if offset - start == 10, isDate(start), peek() == .space, offset + 1 < bytes.count, bytes[offset + 1].isDigit {
      offset += 1
      while let byte = peek(), byte.isScalarByte { offset += 1 }
    }
    let token = bytes[start..<offset]
    let text = String(decoding: token, as: UTF8.self)
    switch text {
    case "true": return .boolean(true)
    case "false": return .boolean(false)
    case "inf", "+inf": return .float(.infinity)
    case "-inf": return .float(-.infinity)
    case "nan", "+nan", "-nan": return .float(.nan)
    default: break
    }
    if isDate(start) || isTime(start) {
      guard TOMLDate.isValid(Array(token)) else { throw failure("`\(text)` is not a valid date or time", at: start) }
      return .date(text)
    }
    return try parseNumber(Array(token), text: text, start: start)
  }

  private func isDate(_ start: Int) -> Bool {
    start + 5 <= offset && bytes[start].isDigit && bytes[start + 4] == UInt8(ascii: "-")
      && bytes[start + 1].isDigit && bytes[start + 2].isDigit && bytes[start + 3].isDigit
  }

  private func isTime(_ start: Int) -> Bool {
    start + 3 <= offset && bytes[start].isDigit && bytes[start + 1].isDigit && bytes[start + 2] == UInt8(ascii: ":")
  }

  private func parseNumber(_ token: [UInt8], text: String, start: Int) throws(TOMLError) -> TOMLValue.Kind {
    guard let digits = withoutUnderscores(token) else { throw notAValue(text, at: start) }
    let clean = String(decoding: digits, as: UTF8.self)
    if let first = digits.first, first == 0x30, digits.count > 1, let radix = radix(digits[1]) {
      guard digits.count > 2, token[2] != UInt8(ascii: "_"),
        digits[2...].allSatisfy({ hexValue($0).map { $0 < radix } ?? false })
      else { throw notAValue(text, at: start) }
      guard let value = Int64(clean.dropFirst(2), radix: Int(radix)) else { throw tooLarge(text, at: start) }
      return .integer(value)
    }
    var rest = digits[...]
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest = rest.dropFirst() }
    let whole = rest.prefix(while: \.isDigit)
    guard !whole.isEmpty, whole.count == 1 || whole.first != 0x30 else {
      if whole.count > 1 { throw failure("a number must not start with zeros", at: start) }
      throw notAValue(text, at: start)
    }
    rest = rest.dropFirst(whole.count)
    if rest.isEmpty {
      guard let value = Int64(clean) else { throw tooLarge(text, at: start) }
      return .integer(value)
    }
    if rest.first == .dot {
      let fraction = rest.dropFirst().prefix(while: \.isDigit)
      if fraction.isEmpty { throw notAValue(text, at: start) }
      rest = rest.dropFirst(1 + fraction.count)
    }
    if let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") {
      rest = rest.dropFirst()
      if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest = rest.dropFirst() }
      if rest.isEmpty || !rest.allSatisfy(\.isDigit) { throw notAValue(text, at: start) }
      rest = []
    }
    guard rest.isEmpty, let value = Double(clean) else { throw notAValue(text, at: start) }
    return .float(value)
  }

  /// The token without underscores; nil where one does not stand between two digits.
  private func withoutUnderscores(_ token: [UInt8]) -> [UInt8]? {
    let isHexadecimal = token.count > 1 && token[0] == 0x30 && token[1] == UInt8(ascii: "x")
    func isDigit(_ byte: UInt8) -> Bool { isHexadecimal ? hexValue(byte) != nil : byte.isDigit }
    var result: [UInt8] = []
    result.reserveCapacity(token.count)
    for (index, byte) in token.enumerated() {
      guard byte == UInt8(ascii: "_") else {
        result.append(byte)
        continue
      }
      guard index > 0, index + 1 < token.count, isDigit(token[index - 1]), isDigit(token[index + 1])
      else { return nil }
    }
    return result
  }

  private func radix(_ mark: UInt8) -> UInt32? {
    switch mark {
    case UInt8(ascii: "x"): 16
    case UInt8(ascii: "o"): 8
    case UInt8(ascii: "b"): 2
    default: nil
    }
  }

  private func notAValue(_ text: String, at start: Int) -> TOMLError {
    failure("`\(text.prefix(40))` is not a value; text needs quotes", at: start)
  }

  private func tooLarge(_ text: String, at start: Int) -> TOMLError {
    failure("`\(text.prefix(40))` does not fit in 64 bits", at: start)
  }
}

extension UInt8 {
  /// Whether numbers, dates and bare words consist of it.
  fileprivate var isScalarByte: Bool {
    isDigit || (self | 0x20 >= 0x61 && self | 0x20 <= 0x7A) || self == 0x2B || self == 0x2D || self == 0x2E
      || self == 0x3A || self == 0x5F
  }
}

/// RFC 3339 dates as TOML takes them: offset date-time, local date-time, local date, local time.
private enum TOMLDate {
  static func isValid(_ text: [UInt8]) -> Bool {
    if text.count >= 3, text[2] == UInt8(ascii: ":") { return isTime(text[...], allowsOffset: false) }
    guard text.count >= 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
      let year = number(text[0..<4]), let month = number(text[5..<7]), let day = number(text[8..<10]),
      year >= 1, (1...12).contains(month), day >= 1, day <= days(month: month, year: year)
    else { return false }
    if text.count == 10 { return true }
    guard text[10] | 0x20 == UInt8(ascii: "t") || text[10] == 0x20 else { return false }
    return isTime(text[11...], allowsOffset: true)
  }

  private static func isTime(_ text: ArraySlice<UInt8>, allowsOffset: Bool) -> Bool {
    let part = Array(text)
    guard part.count >= 8, part[2] == UInt8(ascii: ":"), part[5] == UInt8(ascii: ":"),
      let hour = number(part[0..<2]), let minute = number(part[3..<5]), let second = number(part[6..<8]),
      hour < 24, minute < 60, second < 60
    else { return false }
    var rest = part[8...]
    if rest.first == UInt8(ascii: ".") {
      let fraction = rest.dropFirst().prefix(while: \.isDigit)
      if fraction.isEmpty { return false }
      rest = rest.dropFirst(1 + fraction.count)
    }
    if rest.isEmpty { return true }
    guard allowsOffset, let mark = rest.first else { return false }
    if mark | 0x20 == UInt8(ascii: "z") { return rest.count == 1 }
    let zone = Array(rest)
    guard zone.count == 6, mark == UInt8(ascii: "+") || mark == UInt8(ascii: "-"), zone[3] == UInt8(ascii: ":"),
      let hour = number(zone[1..<3]), let minute = number(zone[4..<6])
    else { return false }
    return hour < 24 && minute < 60
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard digits.allSatisfy(\.isDigit) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  private static func days(month: Int, year: Int) -> Int {
    switch month {
    case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
