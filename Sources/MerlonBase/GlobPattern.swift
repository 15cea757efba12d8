/// A pattern for paths in the manner of gitignore(5): `*`, `?` and `[…]` stay within one part, `**` spans parts.
///
/// Matching takes time in proportion to pattern × text whatever the pattern is (git's own matcher backtracks).
public struct GlobPattern: Sendable, Hashable {
  private enum Step: Sendable, Hashable {
    case byte(UInt8)
    /// `?`: one byte but `/`.
    case anyInPart
    /// `[…]`: one of a set of bytes; never `/`.
    case oneOf(ByteSet)
    /// `*`: any bytes but `/`.
    case star
    /// `**`: any bytes.
    case doubleStar
    /// The start of `**/`, which may also match nothing: the steps `doubleStar` and `/` follow.
    case optionalParts
  }

  private let steps: [Step]
  /// A pattern that can match nothing (an open bracket, a trailing backslash).
  private let isVoid: Bool
  /// All steps are literal bytes: the common case is one comparison.
  private let literal: [UInt8]?

  public init(_ pattern: [UInt8]) {
    var compiler = Compiler(pattern: pattern)
    compiler.run()
    steps = compiler.steps
    isVoid = compiler.isVoid
    var bytes: [UInt8] = []
    for case .byte(let byte) in compiler.steps { bytes.append(byte) }
    literal = bytes.count == compiler.steps.count && !compiler.isVoid ? bytes : nil
  }

  public init(_ pattern: String) { self.init(Array(pattern.utf8)) }

  /// Whether the pattern matches the whole text.
  public func matches(_ text: some Collection<UInt8>) -> Bool {
    if isVoid { return false }
    if let literal { return literal.elementsEqual(text) }
    var current = [Bool](repeating: false, count: steps.count + 1)
    var next = current
    current[0] = true
    openWithoutText(&current)
    for byte in text {
      for index in next.indices { next[index] = false }
      var isAlive = false
      for (index, step) in steps.enumerated() where current[index] {
        switch step {
        case .byte(let expected): if byte == expected { next[index + 1] = true }
        case .anyInPart: if byte != 0x2F { next[index + 1] = true }
        case .oneOf(let set): if byte != 0x2F, set.contains(byte) { next[index + 1] = true }
        case .star: if byte != 0x2F { next[index] = true }
        case .doubleStar: next[index] = true
        case .optionalParts: continue
        }
        isAlive = isAlive || next[index] || next[index + 1]
      }
      if !isAlive { return false }
      openWithoutText(&next)
      swap(&current, &next)
    }
    return current[steps.count]
  }

  /// Adds the states that are reached without reading a byte.
  private func openWithoutText(_ states: inout [Bool]) {
    for (index, step) in steps.enumerated() where states[index] {
      switch step {
      case .star, .doubleStar: states[index + 1] = true
      case .optionalParts:
        states[index + 1] = true
        states[min(index + 3, steps.count)] = true
      default: continue
      }
    }
  }

  /// 256 bits, one a byte value.
  fileprivate struct ByteSet: Sendable, Hashable {
    private var words: SIMD4<UInt64> = .zero

    func contains(_ byte: UInt8) -> Bool { words[Int(byte >> 6)] & (1 << UInt64(byte & 63)) != 0 }
    mutating func insert(_ byte: UInt8) { words[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }
    mutating func invert() { words = ~words }
  }

  private struct Compiler {
    let pattern: [UInt8]
    var steps: [Step] = []
    var isVoid = false
    var index = 0

    init(pattern: [UInt8]) { self.pattern = pattern }

    mutating func run() {
      while index < pattern.count, !isVoid {
        let byte = pattern[index]
        switch byte {
        case UInt8(ascii: "\\"):
          index += 1
          if index < pattern.count { steps.append(.byte(pattern[index])) } else { isVoid = true }
          index += 1
        case UInt8(ascii: "?"):
          steps.append(.anyInPart)
          index += 1
        case UInt8(ascii: "*"): star()
        case UInt8(ascii: "["): bracket()
        default:
          steps.append(.byte(byte))
          index += 1
        }
      }
    }

    /// `*`, or `**` where it makes up a whole part.
    private mutating func star() {
      let start = index
      while index < pattern.count, pattern[index] == UInt8(ascii: "*") { index += 1 }
      let startsPart = start == 0 || pattern[start - 1] == 0x2F
      let endsPart = index == pattern.count || pattern[index] == 0x2F
      guard index - start >= 2, startsPart, endsPart else {
        steps.append(.star)
        return
      }
      if index < pattern.count { steps.append(.optionalParts) }
      steps.append(.doubleStar)
    }

    private mutating func bracket() {
      index += 1
      var set = ByteSet()
      var isNegated = false
      if let mark = byte(index), mark == UInt8(ascii: "!") || mark == UInt8(ascii: "^") {
        isNegated = true
        index += 1
      }
      let first = index
      var previous: UInt8?
      while true {
        guard var byte = byte(index) else {
          isVoid = true
          return
        }
        if byte == UInt8(ascii: "]"), index > first { break }
        if byte == UInt8(ascii: "["), self.byte(index + 1) == UInt8(ascii: ":"), let end = classEnd(index + 2) {
          guard insertClass(Array(pattern[index + 2..<end]), into: &set) else {
            isVoid = true
            return
          }
          index = end + 2
          previous = nil
          continue
        }
        if byte == UInt8(ascii: "-"), let low = previous, let next = self.byte(index + 1), next != UInt8(ascii: "]") {
          index += 1
          byte = next
          if byte == UInt8(ascii: "\\") {
            index += 1
            guard let escaped = self.byte(index) else {
              isVoid = true
              return
            }
            byte = escaped
          }
          if low <= byte { for member in low...byte { set.insert(member) } }
          previous = nil
          index += 1
          continue
        }
        if byte == UInt8(ascii: "\\") {
          index += 1
          guard let escaped = self.byte(index) else {
            isVoid = true
            return
          }
          byte = escaped
        }
        set.insert(byte)
        previous = byte
        index += 1
      }
      index += 1
      if isNegated { set.invert() }
      steps.append(.oneOf(set))
    }

    private func byte(_ position: Int) -> UInt8? { position < pattern.count ? pattern[position] : nil }

    /// Where the `:]` of a class that starts at `start` stands; git takes the first `]` and wants `:` before it.
    private func classEnd(_ start: Int) -> Int? {
      guard start < pattern.count, let close = pattern[start...].firstIndex(of: UInt8(ascii: "]")), close > start,
        pattern[close - 1] == UInt8(ascii: ":")
      else { return nil }
      return close - 1
    }

    private func insertClass(_ name: [UInt8], into set: inout ByteSet) -> Bool {
      let test: (UInt8) -> Bool
      switch String(decoding: name, as: UTF8.self) {
      case "alnum": test = { isLetter($0) || isDigit($0) }
      case "alpha": test = isLetter
      case "blank": test = { $0 == 0x20 || $0 == 0x09 }
      case "cntrl": test = { $0 < 0x20 || $0 == 0x7F }
      case "digit": test = isDigit
      case "graph": test = { $0 > 0x20 && $0 < 0x7F }
      case "lower": test = { $0 >= 0x61 && $0 <= 0x7A }
      case "print": test = { $0 >= 0x20 && $0 < 0x7F }
      case "punct": test = { $0 > 0x20 && $0 < 0x7F && !isLetter($0) && !isDigit($0) }
      case "space": test = { $0 == 0x20 || ($0 >= 0x09 && $0 <= 0x0D) }
      case "upper": test = { $0 >= 0x41 && $0 <= 0x5A }
      case "xdigit": test = { isDigit($0) || ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x66) }
      default: return false
      }
      for byte in UInt8.min...UInt8.max where test(byte) { set.insert(byte) }
      return true
    }
  }
}

private func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }
private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
