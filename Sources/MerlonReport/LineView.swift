import MerlonBase

/// A line of source as a terminal shows it: cut to a width, harmless, and knowing which columns are marked.
struct LineView {
  /// The shown text; where it was cut stands `…`.
  private(set) var text = ""
  /// Columns before the mark and under it, in the shown text. The mark is never empty.
  private(set) var markStart = 0
  private(set) var markWidth = 1
  /// Whether nothing but blanks stands before the mark.
  private(set) var startsLine = true

  /// - Parameters:
  ///   - mark: The marked bytes of the line, counted from its start; not empty, may lie behind its end.
  ///   - width: Most columns of the text, at least 8.
  init(line: ArraySlice<UInt8>, mark: Range<Int>, width: Int) {
    let width = max(8, width)
    // Lines can be megabytes long: only the bytes that can be seen are looked at.
    let reach = 8 * width
    let center = line.startIndex + min(mark.lowerBound, line.count)
    let start = max(line.startIndex, center - reach)
    let end = min(line.endIndex, center + reach)
    let cells = Self.cells(line, from: start, to: end)
    let window = Self.window(
      cells, around: mark, width: width, isWhole: start == line.startIndex && end == line.endIndex)
    if window.lowerBound > 0 || start > line.startIndex { text = "…" }
    var column = text.isEmpty ? 0 : 1
    var markedColumns: Range<Int>?
    for cell in cells[window] {
      if mark.contains(cell.offset) {
        markedColumns = (markedColumns?.lowerBound ?? column)..<(column + cell.width)
      } else if cell.offset < mark.lowerBound, cell.text.contains(where: { $0 != " " }) {
        startsLine = false
      }
      text += cell.text
      column += cell.width
    }
    if window.upperBound < cells.count || end < line.endIndex { text += "…" }
    let marked = markedColumns ?? column..<column
    markStart = marked.lowerBound
    markWidth = max(1, marked.count)
  }

  /// One character of the line.
  private struct Cell {
    var text: String
    var width: Int
    /// Byte in the line where it starts.
    var offset: Int
  }

  private static func cells(_ line: ArraySlice<UInt8>, from start: Int, to end: Int) -> [Cell] {
    var index = start
    // A cut must not begin inside a character.
    while index > line.startIndex, index < end, line[index] & 0xC0 == 0x80 { index += 1 }
    var cells: [Cell] = []
    while index < end {
      let (scalar, length) = decodedScalar(line, at: index)
      let offset = index - line.startIndex
      if scalar == "\t" {
        cells.append(Cell(text: "    ", width: 4, offset: offset))
      } else if let picture = DisplayText.replacement(for: scalar) {
        cells.append(Cell(text: picture, width: displayWidth(of: picture), offset: offset))
      } else {
        cells.append(Cell(text: String(Character(scalar)), width: displayWidth(of: scalar), offset: offset))
      }
      index += length
    }
    while let last = cells.last, last.text.allSatisfy({ $0 == " " }) { cells.removeLast() }
    return cells
  }

  /// Which cells to show: all when they fit, else from the start of the line when the mark fits then, else from a
  /// third of the width before the mark.
  private static func window(_ cells: [Cell], around mark: Range<Int>, width: Int, isWhole: Bool) -> Range<Int> {
    var total = 0
    for cell in cells { total += cell.width }
    if isWhole, total <= width { return cells.indices }
    let markIndex = cells.firstIndex { $0.offset >= mark.lowerBound } ?? cells.count
    var first = 0
    let before = cells[..<markIndex].reduce(0) { $0 + $1.width }
    let markedWidth = cells[markIndex...].prefix { $0.offset < mark.upperBound }.reduce(0) { $0 + $1.width }
    let startsAtLine = cells.first.map { $0.offset == 0 } ?? true
    if !startsAtLine || before + min(markedWidth, width / 2) > width - 2 {
      first = markIndex
      var room = width / 3
      while first > 0, cells[first - 1].width <= room {
        first -= 1
        room -= cells[first].width
      }
    }
    var last = first
    // Two columns are kept for the marks of the cuts.
    var room = width - 2
    while last < cells.count, cells[last].width <= room {
      room -= cells[last].width
      last += 1
    }
    while first > 0, cells[first - 1].width <= room {
      first -= 1
      room -= cells[first].width
    }
    return first..<last
  }
}
