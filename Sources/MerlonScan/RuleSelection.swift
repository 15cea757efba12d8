import MerlonBase

/// Which weaknesses a run looks for, by ids (`MRL301`), names (`sql-injection`) or beginnings of ids (`MRL3`).
package struct RuleSelection: Sendable {
  private let selected: [String]?
  private let ignored: [String]

  /// - Parameter select: nil to look for all.
  package init(select: [String]?, ignore: [String]) {
    selected = select.map { $0.map { $0.lowercased() } }
    ignored = ignore.map { $0.lowercased() }
  }

  /// The more exact of two selections wins: `select = ["MRL301"]` with `ignore = ["MRL3"]` looks for MRL301.
  package func includes(id: String, name: String) -> Bool {
    let wanted = selected.map { Self.exactness(of: $0, id: id, name: name) } ?? 0
    guard let wanted else { return false }
    guard let unwanted = Self.exactness(of: ignored, id: id, name: name) else { return true }
    return wanted > unwanted
  }

  /// How much of the id the best of the entries that match spells out; nil where none matches.
  private static func exactness(of entries: [String], id: String, name: String) -> Int? {
    let id = id.lowercased()
    return entries.compactMap { $0 == name ? id.utf8.count : id.hasPrefix($0) ? $0.utf8.count : nil }.max()
  }

  /// Whether a text may be the id of a rule that the project's models declare (`ACME001`), which are read later than the
  /// settings that name it.
  package static func isOwn(_ text: String) -> Bool {
    !text.lowercased().hasPrefix("mrl") && text.utf8.contains { (0x30...0x39).contains($0) }
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || $0 == 0x2D }
  }

  /// Whether a text names a weakness or the beginning of some weakness's id.
  package static func isKnown(_ text: String, among weaknesses: [(id: String, name: String)]) -> Bool {
    let wanted = text.lowercased()
    if wanted.isEmpty { return false }
    // Beginnings reach from `MRL` on; `m` would be an accident.
    return weaknesses.contains {
      $0.name == wanted || $0.id.lowercased() == wanted
        || (wanted.hasPrefix("mrl") && $0.id.lowercased().hasPrefix(wanted))
    }
  }

  /// A selection of nothing would find nothing, and so let every change through.
  package static func emptyMessage(name: String) -> String {
    "\(name) names no rule; leave it out to look for all (list: merlon rules)"
  }

  /// "unknown rule `sql-injecton`; did you mean `sql-injection`? (list: merlon rules)"
  package static func unknownMessage(_ text: String, among weaknesses: [(id: String, name: String)]) -> String {
    // A wrong digit has no nearest id, but the beginning of a name says enough.
    let beginning = text.lowercased()
    let nearest =
      Nearest.match(for: text, among: weaknesses.map(\.name))
      ?? (beginning.utf8.count < 3 ? nil : weaknesses.first { $0.name.hasPrefix(beginning) }?.name)
    return "unknown rule `\(text)`" + (nearest.map { "; did you mean `\($0)`?" } ?? "") + " (list: merlon rules)"
  }
}
