import MerlonBase
package import MerlonPython

extension SourceComment {
  /// The comments of a Python file that may be directives; most files have none, and cost a look at their comments.
  package static func directives(in tree: Tree, path: String) -> [SourceComment] {
    let candidates = tree.comments.filter { range in
      guard Int(range.end) <= tree.source.count else { return false }
      return InlineIgnore.mayBeDirective(tree.source[Int(range.start)..<Int(range.end)])
    }
    guard !candidates.isEmpty else { return [] }
    let logicalLines = LogicalLines(of: tree).ranges
    return candidates.map { range in
      let location = tree.location(range, path: path)
      return SourceComment(
        text: tree.text(range), location: location,
        standsAlone: isBlank(tree.source, before: Int(range.start)),
        statement: statement(ofCommentInLine: location.start.line, among: logicalLines))
    }
  }

  /// The comments of a file that is not Python but has comments from `#` to the end of the line (Dockerfile, YAML,
  /// TOML, shell, requirements). A statement is one line there, with those that a backslash joins to it.
  package static func directives(inLinesOf bytes: [UInt8], path: String) -> [SourceComment] {
    guard InlineIgnore.mayBeDirective(bytes) else { return [] }
    var comments: [SourceComment] = []
    let lines = Lines(of: bytes)
    for (index, line) in lines.ranges.enumerated() {
      guard let start = commentStart(bytes[line]) else { continue }
      let text = bytes[start..<line.upperBound]
      guard InlineIgnore.mayBeDirective(text) else { continue }
      let standsAlone = isBlank(bytes, before: start)
      let place = SourcePosition(line: index + 1, column: start - line.lowerBound)
      let end = SourcePosition(line: index + 1, column: line.count)
      let location = SourceLocation(
        path: path, range: TextRange(start: UInt32(clamping: start), end: UInt32(clamping: line.upperBound)),
        start: place, end: end)
      comments.append(
        SourceComment(
          text: String(decoding: text, as: UTF8.self), location: location, standsAlone: standsAlone,
          statement: standsAlone ? lines.statement(after: index, in: bytes) : (index + 1)...(index + 1)))
    }
    return comments
  }

  /// A `#` at the start of a line or behind white space.
  private static func commentStart(_ line: ArraySlice<UInt8>) -> Int? {
    line.indices.first { index in
      line[index] == UInt8(ascii: "#") && (index == line.startIndex || isSpace(line[index - 1]))
    }
  }
}

/// Whether only white space stands in the line before `offset`.
private func isBlank(_ source: [UInt8], before offset: Int) -> Bool {
  var index = min(offset, source.count)
  while index > 0 {
    index -= 1
    if source[index] == UInt8(ascii: "\n") || source[index] == UInt8(ascii: "\r") { return true }
    if !isSpace(source[index]) { return false }
  }
  return true
}

private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0C || byte == 0x0D }

/// The lines of a file that is not Python, without their breaks.
private struct Lines {
  var ranges: [Range<Int>] = []

  init(of bytes: [UInt8]) {
    var start = 0
    for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") {
      ranges.append(start..<index)
      start = index + 1
    }
    if start < bytes.count { ranges.append(start..<bytes.count) }
  }

  /// The first line behind `index` that holds more than a comment, with its continuation lines; numbers from 1.
  func statement(after index: Int, in bytes: [UInt8]) -> ClosedRange<Int>? {
    let next = ranges.indices.dropFirst(index + 1).first { candidate in
      let content = bytes[ranges[candidate]].first { !isSpace($0) }
      return content != nil && content != UInt8(ascii: "#")
    }
    guard let first = next else { return nil }
    var last = first
    while last + 1 < ranges.count, bytes[ranges[last]].last(where: { !isSpace($0) }) == UInt8(ascii: "\\") { last += 1 }
    return (first + 1)...(last + 1)
  }
}

/// First and last lines of the statements of a Python file; of a compound statement only its header, with the
/// decorators.
private struct LogicalLines {
  private(set) var ranges: [ClosedRange<Int>] = []
  private let tree: Tree

  init(of tree: Tree) {
    self.tree = tree
    tree.walk(tree.root) { id in
      let kind = tree.kind(id)
      if kind.isStatement || kind == .exceptHandler || kind == .matchCase { append(id) }
      return kind == .module || kind.isStatement || kind == .exceptHandler || kind == .matchCase
    }
    ranges.sort { ($0.upperBound, $0.lowerBound) < ($1.upperBound, $1.lowerBound) }
  }

  private mutating func append(_ id: NodeID) {
    let range = tree.range(id)
    var first = tree.position(range.start).line
    var last = tree.position(range.end).line
    var bodyLine: Int?
    tree.forEachChild(id) { child in
      let kind = tree.kind(child)
      let line = tree.position(tree.range(child).start).line
      if kind.isStatement || kind == .matchCase {
        bodyLine = min(bodyLine ?? line, line)
      } else if kind.isExpression {
        // Decorators stand before the range of what they decorate.
        first = min(first, line)
      }
    }
    if let bodyLine { last = headerEnd(before: bodyLine, from: tree.position(range.start).line) }
    ranges.append(first...max(first, last))
  }

  /// The last line of a header whose body starts in `bodyLine`: comments between the two belong to the body.
  private func headerEnd(before bodyLine: Int, from headerLine: Int) -> Int {
    guard bodyLine > headerLine else { return headerLine }
    var line = bodyLine - 1
    while line > headerLine, isBlankOrComment(line) { line -= 1 }
    return line
  }

  private func isBlankOrComment(_ line: Int) -> Bool {
    guard line >= 1, line <= tree.lineStarts.count else { return true }
    let start = Int(tree.lineStarts[line - 1])
    let end = line < tree.lineStarts.count ? Int(tree.lineStarts[line]) : tree.source.count
    guard start <= end, end <= tree.source.count else { return true }
    let content = tree.source[start..<end].first { !isSpace($0) && $0 != UInt8(ascii: "\n") }
    return content == nil || content == UInt8(ascii: "#")
  }
}
