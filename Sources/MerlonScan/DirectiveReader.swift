import MerlonBase

/// Reads one `merlon:` comment:
///
///     directive = "#" "merlon:" "ignore" "[" name *("," name) "]" *(key "=" value) "--" reason
///
/// with white space between the parts; a name is the id or the name of a weakness, a key `until` or `owner`.
struct DirectiveReader {
  private let comment: SourceComment
  private let policy: InlineIgnore.Policy
  private let text: [UInt8]
  private var index: Int
  private(set) var problems: [Problem] = []

  /// Where the text behind `merlon:` begins, counted in bytes of `comment`; nil when it is not for us. The directive
  /// may stand behind another tool's: `# noqa: E501  # merlon: ignore[…] -- …`.
  static func start(in comment: String) -> Int? {
    let bytes = Array(comment.utf8)
    let word = Array("merlon:".utf8)
    var index = 0
    while index < bytes.count {
      defer { index += 1 }
      guard bytes[index] == hash else { continue }
      var next = index + 1
      while next < bytes.count, isSpace(bytes[next]) { next += 1 }
      if bytes[next...].starts(with: word) { return next + word.count }
    }
    return nil
  }

  init(comment: SourceComment, policy: InlineIgnore.Policy, start: Int) {
    self.comment = comment
    self.policy = policy
    text = Array(comment.text.utf8)
    index = start
  }

  /// The ignore, or nil and at least one problem.
  mutating func read() -> InlineIgnore? {
    skipSpace()
    let wordStart = index
    let word = takeWord()
    guard word == "ignore" else {
      return fail("unknown directive `merlon: \(word)`; expected `merlon: ignore[MRL301] -- reason`", at: wordStart)
    }
    skipSpace()
    guard take(UInt8(ascii: "[")) else {
      return fail("an ignore names its weaknesses: `merlon: ignore[MRL301] -- reason`", at: wordStart)
    }
    guard let ids = takeWeaknesses() else { return nil }
    guard let options = takeOptions() else { return nil }
    let reason = takeReason()
    guard reason.contains(where: { $0.isLetter || $0.isNumber }) else {
      return fail("an ignore needs a reason: end it with ` -- why this is safe here`", at: wordStart)
    }
    if policy.requiresOwner, options["owner"] == nil {
      return fail("the configuration requires an owner of every ignore: add `owner=NAME`", at: wordStart)
    }
    if policy.requiresUntil, options["until"] == nil {
      return fail("the configuration requires an end of every ignore: add `until=YYYY-MM-DD`", at: wordStart)
    }
    // Unknown names are problems already; what else stands beside them counts.
    guard !ids.isEmpty else { return nil }
    return InlineIgnore(
      comment: comment, scope: .weaknesses(ids), reason: reason, owner: options["owner"], until: options["until"],
      isOurs: true)
  }

  // MARK: Parts

  /// The known ids between the brackets; nil when the list itself is broken.
  private mutating func takeWeaknesses() -> [String]? {
    let listStart = index
    var ids: [String] = []
    var isFirst = true
    while true {
      skipSpace()
      if isFirst, take(UInt8(ascii: "]")) {
        return fail("an ignore names its weaknesses: `ignore[MRL301] -- reason`", at: listStart)
      }
      isFirst = false
      let start = index
      let name = takeWord()
      guard !name.isEmpty else {
        return fail("expected the id or the name of a weakness, as in `ignore[MRL301,weak-hash]`", at: start)
      }
      if let id = id(of: name) {
        if !ids.contains(id) { ids.append(id) }
      } else {
        problem(unknownWeakness(name), at: start)
      }
      skipSpace()
      if take(UInt8(ascii: "]")) { return ids }
      guard take(UInt8(ascii: ",")) else { return fail("expected `,` or `]` in the list of weaknesses", at: index) }
    }
  }

  private func id(of name: String) -> String? {
    let wanted = name.lowercased()
    return policy.weaknesses.first { $0.id.lowercased() == wanted || $0.name == wanted }?.id
  }

  private func unknownWeakness(_ name: String) -> String {
    // A well-formed id differs by a digit from many others, so that any guess would be a bad one.
    let isId = name.count == 6 && name.lowercased().hasPrefix("mrl")
    let names = policy.weaknesses.flatMap { isId ? [$0.name] : [$0.id, $0.name] }
    let hint = Nearest.match(for: name, among: names).map { "; did you mean `\($0)`?" } ?? ""
    return "unknown weakness `\(name)`\(hint) (list: merlon rules)"
  }

  private static let keys = ["until", "owner"]

  /// What stands as `key=value` before `--`; nil when one is wrong.
  private mutating func takeOptions() -> [String: String]? {
    var options: [String: String] = [:]
    while true {
      skipSpace()
      if index == text.count || startsReason { return options }
      let start = index
      let key = takeWord()
      guard !key.isEmpty, take(UInt8(ascii: "=")) else {
        return fail("expected `until=YYYY-MM-DD`, `owner=NAME` or ` -- reason`", at: start)
      }
      guard Self.keys.contains(key) else {
        let hint = Nearest.match(for: key, among: Self.keys).map { "; did you mean `\($0)`?" } ?? ""
        return fail("unknown key `\(key)`\(hint) (known: `until`, `owner`)", at: start)
      }
      let value = takeValue()
      guard !value.isEmpty else { return fail("`\(key)=` has no value", at: start) }
      if key == "until", !isCalendarDay(value) {
        return fail("`until` must be a day as `2027-01-31`, not `\(value)`", at: start)
      }
      guard options.updateValue(value, forKey: key) == nil else { return fail("`\(key)` is there twice", at: start) }
    }
  }

  private var startsReason: Bool {
    text[index...].starts(with: Array("--".utf8))
  }

  private mutating func takeReason() -> String {
    guard startsReason else { return "" }
    index += 2
    skipSpace()
    var end = text.count
    while end > index, isSpace(text[end - 1]) { end -= 1 }
    defer { index = text.count }
    return String(decoding: text[index..<end], as: UTF8.self)
  }

  /// Letters, digits, `-` and `_`, and whatever is not ASCII (so that a message can show it whole); `*` too, because
  /// people try it.
  private mutating func takeWord() -> String {
    let start = index
    while index < text.count, isWordByte(text[index]), !startsReason { index += 1 }
    return String(decoding: text[start..<index], as: UTF8.self)
  }

  private mutating func takeValue() -> String {
    let start = index
    while index < text.count, !isSpace(text[index]) { index += 1 }
    return String(decoding: text[start..<index], as: UTF8.self)
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard index < text.count, text[index] == byte else { return false }
    index += 1
    return true
  }

  private mutating func skipSpace() {
    while index < text.count, isSpace(text[index]) { index += 1 }
  }

  // MARK: Problems

  private mutating func fail<Value>(_ message: String, at offset: Int) -> Value? {
    problem(message, at: offset)
    return nil
  }

  private mutating func problem(_ message: String, at offset: Int) {
    var position = comment.location.start
    position.column += offset
    problems.append(Problem(path: comment.location.path, position: position, message: message))
  }
}

private let hash = UInt8(ascii: "#")

private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

private func isWordByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
  case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "*"): true
  default: byte >= 0x80
  }
}

/// Whether `text` is `YYYY-MM-DD` and a day of the Gregorian calendar.
func isCalendarDay(_ text: String) -> Bool {
  let bytes = Array(text.utf8)
  guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return false }
  func number(_ range: Range<Int>) -> Int? {
    var value = 0
    for byte in bytes[range] {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
  }
  guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10), (1...12).contains(month) else {
    return false
  }
  let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
  let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
  return (1...days).contains(day)
}
