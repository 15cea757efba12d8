import MerlonAPI

/// What SQL text does, as far as its words tell.
enum SQLText {
  /// Nil for texts that are no statement.
  static func kind(_ text: String) -> Effect.Kind? {
    let words = self.words(text, limit: 40)
    guard let first = words.first else { return nil }
    switch first {
    case "select": return words.contains("from") || words.count > 1 ? .read : nil
    case "with": return .read
    case "insert", "replace", "upsert": return words.contains("into") ? .create : nil
    case "update": return .update
    case "delete": return words.contains("from") ? .delete : nil
    case "truncate", "drop": return .delete
    default: return nil
    }
  }

  /// The first table that the text names.
  static func table(_ text: String) -> String {
    let words = self.words(text, limit: 400)
    for (index, word) in words.enumerated() where ["from", "into", "update", "table"].contains(word) {
      if index + 1 < words.count { return words[index + 1].split(separator: ".").last.map(String.init) ?? "" }
    }
    return ""
  }

  /// Columns that stand before `=` or `in` behind `where`.
  static func comparedColumns(_ text: String) -> [String] {
    let lower = text.lowercased()
    guard let start = lower.firstRange(of: "where") else { return [] }
    var result: [String] = []
    var name = ""
    var last = ""
    for character in lower[start.upperBound...].prefix(2_000) {
      if character.isLetter || character.isNumber || character == "_" || character == "." {
        name.append(character)
        continue
      }
      if !name.isEmpty {
        if name == "in", !last.isEmpty { result.append(last) }
        last = name
        name = ""
      }
      if character == "=", !last.isEmpty { result.append(last.split(separator: ".").last.map(String.init) ?? last) }
    }
    return result
  }

  private static func words(_ text: String, limit: Int) -> [String] {
    var result: [String] = []
    var word = ""
    for character in text.lowercased() {
      if character.isLetter || character.isNumber || character == "_" || character == "." {
        word.append(character)
      } else if !word.isEmpty {
        result.append(word)
        word = ""
        if result.count >= limit { return result }
      }
    }
    if !word.isEmpty { result.append(word) }
    return result
  }
}
