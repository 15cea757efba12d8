/// A table for terminals: columns share the width, and a cell that does not fit is broken, never cut.
struct MapTable {
  struct Column {
    var title: String
    /// Fewest columns that it is made narrower to.
    var minimum: Int
    /// Behind which characters a cell may be broken.
    var breaks: Set<Character>
  }

  struct Cell {
    var text: String
    var role: Style.Role?
  }

  let columns: [Column]
  private let widths: [Int]
  private let style: Style
  private static let gap = 2

  /// - Parameter width: columns of the terminal; nil when nothing needs to fit.
  init(columns: [Column], rows: [[Cell]], width: Int?, style: Style) {
    self.columns = columns
    self.style = style
    var widths = columns.indices.map { index in
      max(
        displayWidth(of: columns[index].title),
        rows.map { index < $0.count ? displayWidth(of: $0[index].text) : 0 }.max() ?? 0)
    }
    if let width {
      let room = width - Self.gap * (columns.count - 1)
      // The widest column that may shrink gives first: short ones stay whole.
      while widths.reduce(0, +) > room {
        let candidates = widths.indices.filter { widths[$0] > columns[$0].minimum }
        guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
        widths[widest] -= 1
      }
    }
    self.widths = widths
  }

  var head: String {
    style(.bold, line(columns.indices.map { pad(columns[$0].title, $0, isLast: $0 == columns.count - 1) }))
  }

  /// The lines of a row.
  func lines(_ cells: [Cell]) -> [String] {
    let parts = cells.enumerated().map { index, cell in broken(cell.text, index) }
    return (0..<(parts.map(\.count).max() ?? 0)).map { number in
      let texts = cells.indices.map { index in
        let text = number < parts[index].count ? parts[index][number] : ""
        let padded = pad(text, index, isLast: index == cells.count - 1)
        guard let role = cells[index].role, !text.isEmpty else { return padded }
        return style(role, text) + padded.dropFirst(text.count)
      }
      return line(texts)
    }
  }

  private func line(_ texts: [String]) -> String {
    var text = texts.joined(separator: String(repeating: " ", count: Self.gap))
    while text.last == " " { text.removeLast() }
    return text
  }

  private func pad(_ text: String, _ column: Int, isLast: Bool) -> String {
    isLast ? text : text + String(repeating: " ", count: max(0, widths[column] - displayWidth(of: text)))
  }

  private func broken(_ text: String, _ column: Int) -> [String] {
    let width = widths[column]
    guard displayWidth(of: text) > width else { return [text] }
    var lines: [String] = []
    var line = ""
    var lineWidth = 0
    /// Characters of `line` up to the last place where it may be broken.
    var breakable: Int?
    for character in text {
      let characterWidth = displayWidth(of: String(character))
      if lineWidth + characterWidth > width, !line.isEmpty {
        // Further lines are set in by one, so that they do not look like rows.
        let cut = breakable ?? line.count
        let rest = String(line.dropFirst(cut))
        lines.append(String(line.prefix(cut)))
        line = width > 8 ? " " + rest : rest
        lineWidth = displayWidth(of: line)
        breakable = nil
      }
      line.append(character)
      lineWidth += characterWidth
      if columns[column].breaks.contains(character) { breakable = line.count }
    }
    lines.append(line)
    return lines
  }
}
