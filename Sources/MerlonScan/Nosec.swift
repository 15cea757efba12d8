import MerlonBase

/// Bandit's own ignore, `# nosec` and `# nosec B105,B324` (bandit 1.8, `bandit/core/manager.py`, `NOSEC_COMMENT`).
enum Nosec {
  /// What such a comment keeps out; nil when `comment` is none. A list of bandit's tests keeps out only their
  /// counterparts here; without a known test it means everything.
  static func scope(of comment: String) -> InlineIgnore.Scope? {
    for part in comment.split(separator: "#") {
      let text = part.drop { $0 == " " || $0 == "\t" }
      guard text.hasPrefix("nosec") else { continue }
      let rest = text.dropFirst("nosec".count)
      guard rest.first.map({ !$0.isLetter && !$0.isNumber && $0 != "_" }) ?? true else { continue }
      let tests = rest.split { !$0.isLetter && !$0.isNumber }.filter(isTest)
      guard !tests.isEmpty else { return .everything }
      return .weaknesses(tests.flatMap { counterparts[String($0)] ?? [] })
    }
    return nil
  }

  private static func isTest(_ word: Substring) -> Bool {
    word.count == 4 && word.first == "B" && word.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
  }

  /// Bandit's tests (its documentation, "Test Plugins" and "Blacklist Plugins") and what says the same here.
  private static let counterparts: [String: [String]] = [
    "B101": ["MRL201"], "B102": ["MRL303"], "B104": ["MRL511"], "B105": ["MRL701", "MRL702", "MRL118", "MRL108"],
    "B106": ["MRL701", "MRL118"], "B107": ["MRL701", "MRL702", "MRL118"], "B108": ["MRL314"], "B110": ["MRL117"],
    "B112": ["MRL117"], "B113": ["MRL801"], "B202": ["MRL313"], "B301": ["MRL310"], "B302": ["MRL310"],
    "B303": ["MRL703", "MRL120"], "B304": ["MRL704"], "B305": ["MRL704"], "B306": ["MRL314"], "B307": ["MRL303"],
    "B311": ["MRL705"], "B313": ["MRL312"], "B314": ["MRL312"], "B315": ["MRL312"], "B316": ["MRL312"],
    "B317": ["MRL312"], "B318": ["MRL312"], "B319": ["MRL312"], "B320": ["MRL312"], "B323": ["MRL512"],
    "B324": ["MRL703", "MRL120"], "B403": ["MRL310"], "B501": ["MRL512"], "B502": ["MRL513"], "B503": ["MRL513"],
    "B504": ["MRL513"], "B505": ["MRL707"], "B506": ["MRL311"], "B602": ["MRL302"], "B603": ["MRL302"],
    "B604": ["MRL302"], "B605": ["MRL302"], "B606": ["MRL302"], "B607": ["MRL302"], "B608": ["MRL301"],
    "B614": ["MRL310"], "B701": ["MRL315"],
  ]
}
