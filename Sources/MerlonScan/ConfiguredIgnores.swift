import MerlonBase

/// Takes the ignores of the configuration.
enum ConfiguredIgnores {
  /// Marks the findings that are ignored. A finding whose ignore has expired stays; the expiry is a limit.
  static func apply(_ options: IgnoreOptions, to findings: inout [Finding]) -> [Limit] {
    var limits: [Limit] = []
    for ignore in options.configured {
      let selection = RuleSelection(select: ignore.rules, ignore: [])
      let paths = PathPatterns(ignore.paths, prefix: options.configurationPrefix)
      let hasExpired = ignore.until.map { $0 < options.today } ?? false
      var count = 0
      for index in findings.indices where findings[index].suppression == nil {
        let finding = findings[index]
        guard selection.includes(id: finding.id, name: finding.name),
          paths.matches(fileOrParent: finding.location.path)
        else { continue }
        count += 1
        if !hasExpired {
          findings[index].suppression = Suppression(
            kind: .configuration, reason: ignore.reason, owner: ignore.owner, until: ignore.until)
        }
      }
      if hasExpired, count > 0, let until = ignore.until {
        let owner = ignore.owner.map { " (owner `\($0)`)" } ?? ""
        limits.append(
          Limit(
            kind: "expired-ignore",
            message:
              "the configuration's ignore of \(ignore.rules.joined(separator: ", ")) held until \(until)\(owner);"
              + " \(count) finding\(count == 1 ? "" : "s") count again"))
      }
    }
    return limits
  }
}
