import MerlonBase

/// The lines of source around a place, with the place marked under them, as compilers show it.
///
/// A span of one line is underlined with carets; one of several lines gets a bracket at its left side.
struct Excerpt {
  /// One line of the excerpt: the number of the source line (nil for marks and left-out lines) and what stands behind
  /// the rule, in pieces.
  struct Row {
    var number: Int?
    var pieces: [Piece]
  }

  struct Piece {
    enum Kind { case source, mark }
    var kind: Kind
    var text: String
  }

  private(set) var rows: [Row] = []

  /// - Parameters:
  ///   - context: Lines shown before and behind the place where they are not blank.
  ///   - width: Most columns of a line of source.
  /// - Returns: nil when the file has no such line (any more).
  init?(of location: SourceLocation, in file: SourceFile, context: Int, width: Int) {
    let first = location.start.line
    guard let line = file.line(first) else { return nil }
    // A span that ends before the first byte of a line covers nothing of it.
    var last = min(max(first, location.end.line), file.lineCount)
    if last > first, location.end.column == 0 { last -= 1 }

    for number in max(1, first - context)..<first { appendContext(number, file, isBracketed: last > first, width) }
    let start = min(max(0, location.start.column), line.count)
    if last == first {
      let end = location.end.line > first ? line.count : min(location.end.column, line.count)
      appendUnderlined(line, number: first, from: start, to: end, width)
    } else {
      appendBracketed(location, from: start, first...last, file, width - 2)
    }
    let after = last + 1
    if context > 0 {
      for number in after..<(after + context) { appendContext(number, file, isBracketed: last > first, width) }
    }
  }

  private mutating func appendContext(_ number: Int, _ file: SourceFile, isBracketed: Bool, _ width: Int) {
    guard let line = file.line(number) else { return }
    let view = LineView(line: line, mark: 0..<1, width: isBracketed ? width - 2 : width)
    guard !view.text.allSatisfy({ $0 == " " }) else { return }
    rows.append(Row(number: number, pieces: [Piece(kind: .source, text: (isBracketed ? "  " : "") + view.text)]))
  }

  private mutating func appendUnderlined(
    _ line: ArraySlice<UInt8>, number: Int, from start: Int, to end: Int, _ width: Int
  ) {
    let view = LineView(line: line, mark: start..<max(end, start + 1), width: width)
    rows.append(Row(number: number, pieces: [Piece(kind: .source, text: view.text)]))
    let mark = String(repeating: " ", count: view.markStart) + String(repeating: "^", count: view.markWidth)
    rows.append(Row(number: nil, pieces: [Piece(kind: .mark, text: mark)]))
  }

  private mutating func appendBracketed(
    _ location: SourceLocation, from start: Int, _ lines: ClosedRange<Int>, _ file: SourceFile, _ width: Int
  ) {
    /// Lines of a long span that are shown at its start; the last one is always shown.
    let shown = 5
    for number in lines {
      let line = file.line(number) ?? []
      if number > lines.lowerBound + shown - 1, number < lines.upperBound {
        if number == lines.lowerBound + shown {
          rows.append(Row(number: nil, pieces: [Piece(kind: .mark, text: "| ...")]))
        }
        continue
      }
      let isFirst = number == lines.lowerBound
      let mark = isFirst ? start..<max(line.count, start + 1) : 0..<1
      let view = LineView(line: line, mark: mark, width: width)
      let hasOwnOpening = isFirst && !view.startsLine
      let bracket = isFirst ? (hasOwnOpening ? "  " : "/ ") : "| "
      rows.append(
        Row(number: number, pieces: [Piece(kind: .mark, text: bracket), Piece(kind: .source, text: view.text)]))
      if hasOwnOpening {
        let opening = " " + String(repeating: "_", count: view.markStart + 1) + "^"
        rows.append(Row(number: nil, pieces: [Piece(kind: .mark, text: opening)]))
      }
      if number == lines.upperBound {
        let endColumn = max(1, number == location.end.line ? min(location.end.column, line.count) : line.count)
        let end = LineView(line: line, mark: (endColumn - 1)..<endColumn, width: width)
        let closing = "|" + String(repeating: "_", count: end.markStart + 1) + "^"
        rows.append(Row(number: nil, pieces: [Piece(kind: .mark, text: closing)]))
      }
    }
  }
}
