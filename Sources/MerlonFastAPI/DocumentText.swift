/// Texts that FastAPI makes of names and docstrings.
enum DocumentText {
  /// `inspect.cleandoc`: indentation of the second line on removed, blank lines at both ends dropped.
  static func cleaned(_ docstring: String) -> String {
    var lines = expandingTabs(docstring).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let first = lines.first else { return "" }
    var margin = Int.max
    for line in lines.dropFirst() {
      let content = line.drop { $0 == " " }
      if !content.isEmpty { margin = min(margin, line.count - content.count) }
    }
    lines[0] = String(first.drop { $0 == " " })
    if margin < Int.max {
      for index in lines.indices.dropFirst() { lines[index] = String(lines[index].dropFirst(margin)) }
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    while lines.first?.isEmpty == true { lines.removeFirst() }
    return lines.joined(separator: "\n")
  }

  private static func expandingTabs(_ text: String) -> String {
    guard text.utf8.contains(0x09) || text.utf8.contains(0x0D) else { return text }
    var result = ""
    var column = 0
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\t":
        let width = 8 - column % 8
        result += String(repeating: " ", count: width)
        column += width
      case "\r": continue
      case "\n":
        result.unicodeScalars.append(scalar)
        column = 0
      default:
        result.unicodeScalars.append(scalar)
        column += 1
      }
    }
    return result
  }

  /// The description of an operation: what stands before a form feed, without blanks around.
  static func description(_ text: String) -> String {
    var part = text.unicodeScalars.prefix { $0 != "\u{C}" }[...]
    while let first = part.first, first.properties.isWhitespace { part.removeFirst() }
    while let last = part.last, last.properties.isWhitespace { part.removeLast() }
    return String(String.UnicodeScalarView(part))
  }

  /// `str.title`: each run of letters begins with a capital.
  static func title(_ text: String) -> String {
    var result = ""
    var isInside = false
    for scalar in text.unicodeScalars {
      let isCased = scalar.properties.isCased
      if isCased {
        result += isInside ? scalar.properties.lowercaseMapping : scalar.properties.titlecaseMapping
      } else {
        result.unicodeScalars.append(scalar)
      }
      isInside = isCased
    }
    return result
  }

  /// `fastapi.utils.generate_unique_id`; the methods are sorted here, while Python takes the first of a set.
  static func uniqueID(name: String, path: String, methods: [String]) -> String {
    var result = ""
    for scalar in (name + withoutConvertors(path)).unicodeScalars {
      let isWord = scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      result.unicodeScalars.append(isWord ? scalar : "_")
    }
    return methods.first.map { result + "_" + $0.lowercased() } ?? result
  }

  /// `{path:path}` as `{path}`.
  static func withoutConvertors(_ path: String) -> String {
    var result = ""
    var isInConvertor = false
    var isInBraces = false
    for character in path {
      switch character {
      case "{": isInBraces = true
      case "}":
        isInBraces = false
        isInConvertor = false
      case ":" where isInBraces: isInConvertor = true
      default: break
      }
      if !isInConvertor || character == "}" { result.append(character) }
    }
    return result
  }
}
