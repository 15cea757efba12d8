import MerlonBase

/// Colours of the terminal report: the eight basic ones, which every theme defines so that they can be read.
struct Style {
  let usesColor: Bool

  enum Role {
    case bold, faint, rule, place
    /// What a guard lets through only with a credential.
    case allowed
    case severity(Severity)
  }

  func callAsFunction(_ role: Role, _ text: String) -> String {
    guard usesColor, !text.isEmpty else { return text }
    return "\u{1B}[\(code(role))m\(text)\u{1B}[0m"
  }

  private func code(_ role: Role) -> String {
    switch role {
    case .bold: "1"
    case .faint: "2"
    case .rule: "34"
    case .place: "36"
    case .allowed: "32"
    case .severity(.critical): "1;35"
    case .severity(.high): "1;31"
    case .severity(.medium): "1;33"
    case .severity(.low): "1;36"
    case .severity(.info): "1;34"
    }
  }
}

/// `text` in lines of at most `width` columns, broken at blanks; a longer word keeps its line to itself.
func wrapped(_ text: String, width: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  var column = 0
  for word in text.split(separator: " ") {
    let wordWidth = displayWidth(of: String(word))
    if column > 0, column + 1 + wordWidth > width {
      lines.append(line)
      line = ""
      column = 0
    }
    if column > 0 {
      line += " "
      column += 1
    }
    line += word
    column += wordWidth
  }
  if !line.isEmpty || lines.isEmpty { lines.append(line) }
  return lines
}
