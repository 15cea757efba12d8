import MerlonBase

/// The patterns of one ignore file, as gitignore(5) describes them.
package struct IgnorePatterns: Sendable {
  private struct Pattern: Sendable {
    /// What stands before the first special character. Git compares it apart, so that `a**/b` means `a` and then
    /// `**/b`: not what its manual says, but what it does.
    let literal: [UInt8]
    let glob: GlobPattern
    let isNegated: Bool
    let needsDirectory: Bool
    /// Whether it is matched with the last part of the path alone.
    let matchesName: Bool
  }

  private let patterns: [Pattern]

  package var isEmpty: Bool { patterns.isEmpty }

  package init(_ bytes: [UInt8]) {
    var rest = bytes[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    patterns = rest.split(separator: 0x0A, omittingEmptySubsequences: true).compactMap { Self.pattern(Array($0)) }
  }

  private static func pattern(_ line: [UInt8]) -> Pattern? {
    var text = line[...]
    if text.last == 0x0D { text = text.dropLast() }
    text = withoutTrailingBlanks(text)
    guard let first = text.first, first != UInt8(ascii: "#") else { return nil }
    let isNegated = first == UInt8(ascii: "!")
    if isNegated { text = text.dropFirst() }
    let needsDirectory = text.last == 0x2F
    if needsDirectory { text = text.dropLast() }
    let matchesName = !text.contains(0x2F)
    if text.first == 0x2F { text = text.dropFirst() }
    let literal = matchesName ? [] : Array(text.prefix { !Self.special.contains($0) })
    return Pattern(
      literal: literal, glob: GlobPattern(Array(text.dropFirst(literal.count))), isNegated: isNegated,
      needsDirectory: needsDirectory, matchesName: matchesName)
  }

  private static let special: [UInt8] = Array("*?[\\".utf8)

  /// Drops blanks at the end that no backslash protects.
  private static func withoutTrailingBlanks(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var end = text.startIndex
    var index = text.startIndex
    while index < text.endIndex {
      if text[index] == UInt8(ascii: "\\") {
        index = min(index + 2, text.endIndex)
        end = index
      } else {
        index += 1
        if text[index - 1] != 0x20 { end = index }
      }
    }
    return text[..<end]
  }

  /// Whether the file decides about a path: true to ignore it, false to keep it, nil where no pattern matches. The
  /// last pattern that matches wins.
  ///
  /// - Parameter path: relative to the folder of the ignore file.
  package func verdict(on path: ArraySlice<UInt8>, isDirectory: Bool) -> Bool? {
    let name = path.lastIndex(of: 0x2F).map { path[($0 + 1)...] } ?? path
    for pattern in patterns.reversed() {
      if pattern.needsDirectory && !isDirectory { continue }
      let text = pattern.matchesName ? name : path
      guard text.starts(with: pattern.literal) else { continue }
      if pattern.glob.matches(text.dropFirst(pattern.literal.count)) { return !pattern.isNegated }
    }
    return nil
  }
}

/// The ignore files that hold at one folder: its own first, then those of the folders above, then the repository's
/// `.git/info/exclude`.
package struct IgnoreChain: Sendable {
  private struct Layer: Sendable {
    let patterns: IgnorePatterns
    /// Bytes of a path, relative to the chain's base, that lead to the folder of this file.
    let prefix: Int
  }

  private var layers: [Layer] = []

  package init() {}

  /// Adds the ignore file of a folder below all that the chain has.
  ///
  /// - Parameter prefix: length of the folder's path, relative to the chain's base, with its `/`; 0 for the base.
  package mutating func push(_ patterns: IgnorePatterns, prefix: Int) {
    if !patterns.isEmpty { layers.append(Layer(patterns: patterns, prefix: prefix)) }
  }

  /// - Parameter path: relative to the chain's base.
  package func ignores(_ path: [UInt8], isDirectory: Bool) -> Bool {
    for layer in layers.reversed() where layer.prefix <= path.count {
      if let verdict = layer.patterns.verdict(on: path[layer.prefix...], isDirectory: isDirectory) { return verdict }
    }
    return false
  }
}

/// Patterns in the form of .gitignore that somebody wrote for the scanned tree, in the configuration or on the command
/// line.
package struct PathPatterns: Sendable {
  private let patterns: IgnorePatterns
  private let prefix: [UInt8]

  /// - Parameters:
  ///   - lines: one pattern each.
  ///   - prefix: what leads from the folder that the patterns are written for to the scanned root (`backend/`); empty
  ///     or with `/` at its end.
  package init(_ lines: [String], prefix: String = "") {
    patterns = IgnorePatterns(Array(lines.joined(separator: "\n").utf8))
    self.prefix = Array(prefix.utf8)
  }

  /// Whether a path, relative to the scanned root, is meant itself.
  package func matches(_ path: [UInt8], isDirectory: Bool) -> Bool {
    patterns.verdict(on: (prefix + path)[...], isDirectory: isDirectory) ?? false
  }

  /// Whether a file, or one of the folders that it lies in, is meant.
  package func matches(fileOrParent path: String) -> Bool {
    let bytes = Array(path.utf8)
    if matches(bytes, isDirectory: false) { return true }
    return bytes.indices.contains { bytes[$0] == 0x2F && matches(Array(bytes[..<$0]), isDirectory: true) }
  }
}
