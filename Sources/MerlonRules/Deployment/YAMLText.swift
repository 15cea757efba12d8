import MerlonBase
import Yams

/// A node of a YAML document with its place in the file. Aliases share what they stand for, merge keys are merged in.
final class YAMLNode: Sendable {
  enum Content: Sendable {
    case scalar(PlacedText)
    case sequence([YAMLNode])
    case mapping([(key: YAMLNode, value: YAMLNode)])
  }

  let content: Content
  /// The scalar's text, or the first byte of a collection.
  let range: TextRange

  init(content: Content, range: TextRange) {
    self.content = content
    self.range = range
  }

  /// Text of a scalar; nil for collections.
  var text: String? { placedText?.text }

  var placedText: PlacedText? {
    if case .scalar(let text) = content { text } else { nil }
  }

  /// Elements of a sequence; empty for others.
  var items: [YAMLNode] {
    if case .sequence(let items) = content { items } else { [] }
  }

  /// Entries of a mapping in order; empty for others.
  var entries: [(key: YAMLNode, value: YAMLNode)] {
    if case .mapping(let entries) = content { entries } else { [] }
  }

  var isMapping: Bool { if case .mapping = content { true } else { false } }

  subscript(key: String) -> YAMLNode? { entries.first { $0.key.text == key }?.value }

  /// `true`, `yes` and `on` in YAML 1.1.
  var isTrue: Bool { text.map { ["true", "yes", "on"].contains($0.lowercased()) } ?? false }
}

/// Reads YAML through Yams, with bounds on what hostile files can make of it.
enum YAMLText {
  struct Failure: Sendable, Hashable {
    let message: String
    let offset: UInt32
  }

  /// Larger files are not read, in bytes: deployment files are small, and a tree takes many times its text.
  static let maximumSize = 1 << 20
  static let maximumDocuments = 1_000

  /// The documents of a file up to the first mistake, and the mistake.
  static func documents(_ bytes: [UInt8]) -> (documents: [YAMLNode], failure: Failure?) {
    guard bytes.count <= maximumSize else {
      return ([], Failure(message: "larger than \(maximumSize) bytes", offset: 0))
    }
    // An alias in a mapping's key would make the library hash all that it stands for, which a few nested aliases make
    // longer than anyone waits. So it never sees one: `*name` becomes the plain scalar `~name`, resolved below.
    var source = bytes
    for index in source.indices.dropLast()
    where source[index] == UInt8(ascii: "*") && (isNameByte(source[index + 1]) || source[index + 1] == 0x2D) {
      source[index] = UInt8(ascii: "~")
    }
    let start = source.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard let text = String(validating: source[start...], as: UTF8.self) else {
      return ([], Failure(message: "not UTF-8", offset: 0))
    }
    let positions = Positions(source, from: start)
    var documents: [YAMLNode] = []
    do {
      let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
      while documents.count < maximumDocuments, let root = try parser.nextRoot() {
        var builder = Builder(bytes: bytes, positions: positions)
        documents.append(builder.node(root))
        if builder.budget <= 0 {
          return (documents, Failure(message: "merge keys grow beyond bounds", offset: 0))
        }
      }
    } catch {
      return (documents, failure(error, positions))
    }
    return (documents, nil)
  }

  private static func failure(_ error: any Error, _ positions: Positions) -> Failure {
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      Failure(message: problem, offset: positions.offset(mark))
    case .reader(let problem, _, _, _): Failure(message: problem, offset: 0)
    case .duplicatedKeysInMapping(_, let context):
      Failure(message: "a key occurs twice", offset: positions.offset(context.mark))
    default: Failure(message: "not YAML", offset: 0)
    }
  }

  /// Turns the library's lines and columns (counted in Unicode scalars) into offsets.
  fileprivate struct Positions {
    private let bytes: [UInt8]
    private var lineStarts: [Int]

    init(_ bytes: [UInt8], from start: Int) {
      self.bytes = bytes
      lineStarts = [start]
      // YAML 1.1 breaks lines at LF, CR, CR LF, NEL, LS and PS (§5.4).
      var index = start
      while index < bytes.count {
        let rest = bytes[index...].prefix(3)
        var length = 0
        if rest.first == 0x0A {
          length = 1
        } else if rest.first == 0x0D {
          length = rest.dropFirst().first == 0x0A ? 2 : 1
        } else if rest.elementsEqual([0xE2, 0x80, 0xA8]) || rest.elementsEqual([0xE2, 0x80, 0xA9]) {
          length = 3
        } else if rest.starts(with: [0xC2, 0x85]) {
          length = 2
        }
        index += max(length, 1)
        if length > 0 { lineStarts.append(index) }
      }
    }

    func offset(_ mark: Mark) -> UInt32 {
      guard mark.line >= 1, mark.line <= lineStarts.count else { return UInt32(clamping: bytes.count) }
      var index = lineStarts[mark.line - 1]
      var left = mark.column - 1
      while left > 0, index < bytes.count {
        index += 1
        while index < bytes.count, bytes[index] & 0xC0 == 0x80 { index += 1 }
        left -= 1
      }
      return UInt32(clamping: min(index, bytes.count))
    }
  }

  /// Builds the tree of one document. The library bounds nesting at 1,000 levels.
  fileprivate struct Builder {
    let bytes: [UInt8]
    let positions: Positions
    private var anchors: [String: YAMLNode] = [:]
    /// Entries that merge keys may still add.
    private(set) var budget = 100_000

    init(bytes: [UInt8], positions: Positions) {
      self.bytes = bytes
      self.positions = positions
    }

    mutating func node(_ node: Node) -> YAMLNode {
      let start = node.mark.map(positions.offset) ?? 0
      let result: YAMLNode
      switch node {
      case .scalar(let scalar):
        if scalar.style == .plain, scalar.string.hasPrefix("~"), byte(start) == UInt8(ascii: "*"),
          let target = anchors[String(scalar.string.dropFirst())]
        {
          return target
        }
        let text = place(scalar.string, style: scalar.style, at: Int(start))
        result = YAMLNode(content: .scalar(text), range: lineRange(text, from: start))
      case .sequence(let sequence):
        result = YAMLNode(
          content: .sequence(sequence.map { self.node($0) }), range: TextRange(start: start, end: start))
      case .mapping(let mapping):
        let entries = mapping.map { (key: self.node($0.key), value: self.node($0.value)) }
        result = YAMLNode(content: .mapping(merged(entries)), range: TextRange(start: start, end: start))
      case .alias:
        result = YAMLNode(
          content: .scalar(PlacedText("", within: TextRange(start: start, end: start))),
          range: TextRange(start: start, end: start))
      }
      if let anchor = node.anchor { anchors[anchor.rawValue] = result }
      return result
    }

    private func byte(_ offset: UInt32) -> UInt8? { Int(offset) < bytes.count ? bytes[Int(offset)] : nil }

    /// Puts the entries of `<<` values behind the mapping's own, which win.
    private mutating func merged(
      _ entries: [(key: YAMLNode, value: YAMLNode)]
    ) -> [(key: YAMLNode, value: YAMLNode)] {
      guard entries.contains(where: { $0.key.text == "<<" }) else { return entries }
      var result = entries.filter { $0.key.text != "<<" }
      var known = Set(result.compactMap(\.key.text))
      for entry in entries where entry.key.text == "<<" {
        for source in entry.value.isMapping ? [entry.value] : entry.value.items {
          for (key, value) in source.entries where budget > 0 {
            budget -= 1
            guard let name = key.text, known.insert(name).inserted else { continue }
            result.append((key, value))
          }
        }
      }
      return result
    }

    /// Finds each byte of a scalar in the file. Folding and indentation change white space only; where escapes change
    /// more, the scalar is one piece.
    private func place(_ text: String, style: Node.Scalar.Style, at start: Int) -> PlacedText {
      let wanted = Array(text.utf8)
      var offsets: [UInt32] = []
      offsets.reserveCapacity(wanted.count)
      var index = start
      switch style {
      case .singleQuoted, .doubleQuoted: index += 1
      case .literal, .folded: while index < bytes.count, bytes[index] != 0x0A { index += 1 }
      default: break
      }
      for byte in wanted {
        if byte == 0x20 || byte == 0x0A || byte == 0x09 {
          offsets.append(UInt32(clamping: min(index, bytes.count)))
          if index < bytes.count, bytes[index] == byte { index += 1 }
          continue
        }
        while index < bytes.count, bytes[index] != byte, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
        guard index < bytes.count, bytes[index] == byte || (bytes[index] == 0x2A && byte == 0x7E) else {
          return PlacedText(text, within: TextRange(start: UInt32(start), end: endOfLine(start)))
        }
        offsets.append(UInt32(clamping: index))
        index += 1
      }
      return PlacedText(wanted, offsets: offsets)
    }

    private func endOfLine(_ start: Int) -> UInt32 {
      var end = start
      while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
      return UInt32(clamping: end)
    }

    /// The part of a scalar on its first line, from its quote or block indicator on.
    private func lineRange(_ text: PlacedText, from start: UInt32) -> TextRange {
      TextRange(start: start, end: min(max(text.range.end, start), endOfLine(Int(start))))
    }
  }
}
