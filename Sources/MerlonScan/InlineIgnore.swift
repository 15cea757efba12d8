package import MerlonBase

/// A comment that keeps findings out of the verdict:
/// `# merlon: ignore[MRL301,weak-hash] until=2027-01-31 owner=api-team -- the reason`.
///
/// It speaks of the findings that start in its own line (the next one, when it stands alone in its line); when there
/// are none, of those that start in the statement.
package struct InlineIgnore: Sendable, Hashable {
  /// What is kept out.
  package enum Scope: Sendable, Hashable {
    /// The weaknesses with these ids.
    case weaknesses([String])
    /// Whatever is found (`# nosec`).
    case everything
  }

  package var comment: SourceComment
  package var scope: Scope
  package var reason: String
  package var owner: String?
  /// Last day on which it holds, `YYYY-MM-DD`.
  package var until: String?
  /// Whether it is worth a word when it matches nothing: our own are, another tool's are not.
  package var isOurs: Bool

  /// What the reader of comments has to know.
  package struct Policy: Sendable {
    /// Id and name of every weakness.
    package var weaknesses: [(id: String, name: String)]
    package var requiresOwner: Bool
    package var requiresUntil: Bool
    /// Whether bandit's `# nosec` counts.
    package var honorsNosec: Bool

    package init(
      weaknesses: [(id: String, name: String)], requiresOwner: Bool, requiresUntil: Bool, honorsNosec: Bool
    ) {
      self.weaknesses = weaknesses
      self.requiresOwner = requiresOwner
      self.requiresUntil = requiresUntil
      self.honorsNosec = honorsNosec
    }
  }

  /// Whether a comment has to be given to `read` at all: a quick look at its bytes.
  package static func mayBeDirective(_ comment: some Collection<UInt8>) -> Bool {
    contains(comment, "merlon:") || contains(comment, "nosec")
  }

  private static func contains(_ bytes: some Collection<UInt8>, _ word: StaticString) -> Bool {
    let word = Array(word.description.utf8)
    var rest = bytes[...]
    while rest.count >= word.count {
      if rest.starts(with: word) { return true }
      rest = rest.dropFirst()
    }
    return false
  }

  /// Reads the ignores among `comments` of one file. What looks like one and is not well formed does not count and is
  /// a problem with its place.
  package static func read(
    _ comments: [SourceComment], policy: Policy
  ) -> (ignores: [InlineIgnore], problems: [Problem]) {
    var ignores: [InlineIgnore] = []
    var problems: [Problem] = []
    for comment in comments {
      if let start = DirectiveReader.start(in: comment.text) {
        var reader = DirectiveReader(comment: comment, policy: policy, start: start)
        if let ignore = reader.read() { ignores.append(ignore) }
        problems += reader.problems
      } else if policy.honorsNosec, let scope = Nosec.scope(of: comment.text) {
        ignores.append(
          InlineIgnore(comment: comment, scope: scope, reason: "nosec", owner: nil, until: nil, isOurs: false))
      }
    }
    return (ignores, problems)
  }

  /// Marks the findings that are ignored.
  ///
  /// A finding whose ignore has expired stays and says so in its evidence. To be called with all findings, the hidden
  /// ones too, else an ignore of a hidden one seems useless.
  ///
  /// - Parameters:
  ///   - today: `YYYY-MM-DD`.
  ///   - activeRules: Ids of the weaknesses that this run looked for.
  /// - Returns: One limit `unused-ignore` for each weakness that is ignored where it is not found.
  package static func apply(
    _ ignores: [InlineIgnore], to findings: inout [Finding], today: String, activeRules: Set<String>
  ) -> [Limit] {
    var byPath: [String: [Int]] = [:]
    for index in findings.indices { byPath[findings[index].location.path, default: []].append(index) }
    var limits: [Limit] = []
    for ignore in ignores {
      let there = byPath[ignore.comment.location.path] ?? []
      switch ignore.scope {
      case .everything: ignore.mark(there, in: &findings, today: today)
      case .weaknesses(let ids):
        for id in ids {
          let isUsed = ignore.mark(there.filter { findings[$0].id == id }, in: &findings, today: today)
          if !isUsed, ignore.isOurs, activeRules.contains(id) { limits.append(ignore.unused(id)) }
        }
      }
    }
    return limits
  }

  /// Whether there was a finding to mark among `candidates`, which are indexes in `findings`.
  @discardableResult
  private func mark(_ candidates: [Int], in findings: inout [Finding], today: String) -> Bool {
    var meant = candidates.filter { findings[$0].location.start.line == comment.nearestLine }
    if meant.isEmpty, let statement = comment.statement {
      meant = candidates.filter { statement.contains(findings[$0].location.start.line) }
    }
    for index in meant where findings[index].suppression == nil {
      if let until, until < today {
        let note = FlowStep(location: comment.location, message: expiryMessage(until))
        findings[index].evidence.append(.related(note))
      } else {
        findings[index].suppression = Suppression(kind: .inline, reason: reason, owner: owner, until: until)
      }
    }
    return !meant.isEmpty
  }

  private func expiryMessage(_ until: String) -> String {
    "expired ignore: it held until \(until)\(owner.map { " (owner `\($0)`)" } ?? ""), because: \(reason)"
  }

  private func unused(_ id: String) -> Limit {
    Limit(
      kind: "unused-ignore", message: "`\(id)` is ignored here but not found; remove it from the comment",
      path: comment.location.path, position: comment.location.start)
  }
}
