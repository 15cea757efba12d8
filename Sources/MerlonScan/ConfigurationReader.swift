package import MerlonBase

/// Reads the settings of a TOML document, checks each and says what is wrong where.
package struct ConfigurationReader {
  /// For messages.
  private let path: String
  /// Id and name of every weakness.
  private let weaknesses: [(id: String, name: String)]
  private var configuration = Configuration()
  private var problems: [Problem] = []

  /// - Parameters:
  ///   - bytes: `merlon.toml` or `pyproject.toml`.
  ///   - path: its name for messages; `pyproject.toml` is read below `[tool.merlon]`.
  ///   - weaknesses: id and name of every weakness, to check selections.
  /// - Returns: the settings that are right, and a problem for each that is not; nil for a `pyproject.toml` that says
  ///   nothing of Merlon.
  package static func read(
    _ bytes: [UInt8], path: String, weaknesses: [(id: String, name: String)]
  ) -> (configuration: Configuration, problems: [Problem])? {
    let document: TOMLTable
    do throws(TOMLError) {
      document = try TOML.parse(bytes)
    } catch {
      return (Configuration(), [Problem(path: path, position: error.position, message: error.message)])
    }
    var reader = ConfigurationReader(path: path, weaknesses: weaknesses)
    if RawPath(path).name == Array("pyproject.toml".utf8) {
      guard let tool = document["tool"]?.table?["merlon"] else { return nil }
      guard let table = tool.table else {
        return (Configuration(), [reader.problem(tool.position, "`tool.merlon` must be a table")])
      }
      reader.readTop(table)
    } else {
      reader.readTop(document)
    }
    reader.checkIgnores()
    return (reader.configuration, reader.problems)
  }

  private init(path: String, weaknesses: [(id: String, name: String)]) {
    self.path = path
    self.weaknesses = weaknesses
  }

  // MARK: Tables

  private mutating func readTop(_ table: TOMLTable) {
    for entry in table.entries {
      if entry.key == "ignore" {
        readIgnores(entry.value)
      } else if entry.key == "policy" {
        readPolicy(entry.value)
      } else if entry.key == "map" {
        readMap(entry.value)
      } else if let setting = Setting.all.first(where: { $0.name == entry.key }) {
        read(setting, entry.value)
      } else {
        reportUnknownKey(entry, among: Setting.all.map(\.name) + ["map", "policy"], inside: "")
      }
    }
  }

  private mutating func readMap(_ value: TOMLValue) {
    guard let table = value.table else { return reportType(value, "map", "a table") }
    for entry in table.entries {
      if let setting = Setting.map.first(where: { $0.flagName == entry.key }) {
        read(setting, entry.value)
      } else {
        reportUnknownKey(entry, among: Setting.map.map(\.flagName), inside: "map.")
      }
    }
  }

  private mutating func readPolicy(_ value: TOMLValue) {
    guard let table = value.table else { return reportType(value, "policy", "a table") }
    let lists: [(name: String, path: WritableKeyPath<Policy, [String]>)] = [
      ("public-operations", \.publicOperations), ("trusted-guards", \.trustedGuards),
      ("owner-fields", \.ownerFields), ("tenant-fields", \.tenantFields),
    ]
    for entry in table.entries {
      if let list = lists.first(where: { $0.name == entry.key }) {
        if let strings = strings(entry.value, "policy.\(entry.key)") {
          configuration.policy[keyPath: list.path] = strings.map(\.text)
        }
      } else if entry.key == "required-dependency" {
        guard let text = entry.value.string else {
          reportType(entry.value, "policy.required-dependency", "a string")
          continue
        }
        configuration.policy.requiredDependency = text
      } else {
        reportUnknownKey(entry, among: lists.map(\.name) + ["required-dependency"], inside: "policy.")
      }
    }
  }

  /// `ignore = ["MRL5"]`, `[[ignore]]`, or both in one array: TOML lets a key stand only once.
  private mutating func readIgnores(_ value: TOMLValue) {
    guard let elements = value.array else { return reportType(value, "ignore", "an array") }
    var rules: [String] = []
    for element in elements {
      if let rule = element.string {
        checkRule(rule, at: element.position)
        rules.append(rule)
        continue
      }
      guard let table = element.table else {
        reportType(element, "ignore", "the id or name of a rule, or a table")
        continue
      }
      var ignore = ConfiguredIgnore(
        rules: [], paths: [], reason: "", owner: nil, until: nil, position: element.position)
      for entry in table.entries {
        switch entry.key {
        case "rule":
          let rules = oneOrMore(entry.value, "ignore.rule")
          for rule in rules { checkRule(rule.text, at: rule.position) }
          ignore.rules = rules.map(\.text)
        case "path": ignore.paths = oneOrMore(entry.value, "ignore.path").map(\.text)
        case "reason": ignore.reason = string(entry.value, "ignore.reason") ?? ""
        case "owner": ignore.owner = string(entry.value, "ignore.owner")
        case "until": ignore.until = date(entry.value)
        default: reportUnknownKey(entry, among: ["rule", "path", "reason", "owner", "until"], inside: "ignore.")
        }
      }
      let hasReason = ignore.reason.contains { !$0.isWhitespace }
      let lacking = table["rule"] == nil ? "rule" : table["path"] == nil ? "path" : hasReason ? nil : "reason"
      if let name = lacking {
        report(element.position, "this ignore needs a `\(name)`")
      } else if !ignore.rules.isEmpty, !ignore.paths.isEmpty {
        configuration.pathIgnores.append(ignore)
      }
    }
    if !rules.isEmpty { configuration.ignore = rules }
  }

  /// What the settings demand of ignores; they may stand before or behind them in the file.
  private mutating func checkIgnores() {
    for ignore in configuration.pathIgnores {
      if configuration.requireIgnoreOwner == true, ignore.owner == nil {
        report(ignore.position, "this ignore needs an `owner` (`require-ignore-owner`)")
      }
      if configuration.requireIgnoreUntil == true, ignore.until == nil {
        report(ignore.position, "this ignore needs an `until` (`require-ignore-until`)")
      }
    }
  }

  // MARK: Values

  private mutating func read(_ setting: Setting, _ value: TOMLValue) {
    switch setting.target {
    case .boolean(let target):
      guard let flag = value.boolean else { return reportType(value, setting.name, "`true` or `false`") }
      configuration[keyPath: target] = flag
    case .integer(let target, let maximum):
      guard let number = value.integer else { return reportType(value, setting.name, "an integer") }
      guard (1...Int64(maximum)).contains(number) else {
        return report(value.position, "`\(setting.name)` must be from 1 to \(maximum), not \(number)")
      }
      configuration[keyPath: target] = Int(number)
    case .string(let target):
      configuration[keyPath: target] = string(value, setting.name)
    case .inputFile(let target):
      guard let text = string(value, setting.name) else { return }
      guard !text.contains("://") else {
        // Nor is a scanned repository to choose whom this machine talks to.
        return report(
          value.position, "`\(setting.name)` must be a file; give `--\(setting.flagName)` for an address")
      }
      configuration[keyPath: target] = text
    case .version(let target):
      guard let text = string(value, setting.name) else { return }
      if let fault = Setting.versionFault(text, name: "`\(setting.name)`") { return report(value.position, fault) }
      configuration[keyPath: target] = text
    case .outputFile(let target):
      guard let text = string(value, setting.name) else { return }
      guard Self.staysBelow(text) else {
        return report(
          value.position,
          "`\(setting.name)` must be a relative path below this file's folder; give `--\(setting.flagName)`"
            + " for another")
      }
      configuration[keyPath: target] = text
    case .choice(let target, let choices):
      guard let text = string(value, setting.name) else { return }
      if check(text, at: value.position, among: choices, setting.name) { configuration[keyPath: target] = text }
    case .strings(let target):
      configuration[keyPath: target] = strings(value, setting.name)?.map(\.text)
    case .choices(let target, let choices):
      guard let items = strings(value, setting.name) else { return }
      let good = items.filter { check($0.text, at: $0.position, among: choices, setting.name) }
      configuration[keyPath: target] = good.map(\.text)
    case .rules(let target):
      guard let items = strings(value, setting.name) else { return }
      if items.isEmpty, setting.name == "select" {
        return report(value.position, RuleSelection.emptyMessage(name: "`select`"))
      }
      for item in items { checkRule(item.text, at: item.position) }
      configuration[keyPath: target] = items.map(\.text)
    }
  }

  private static func staysBelow(_ path: String) -> Bool {
    !path.isEmpty && !path.hasPrefix("/") && !path.hasPrefix("~") && !path.contains("\0")
      && !path.split(separator: "/").contains("..")
  }

  private mutating func string(_ value: TOMLValue, _ name: String) -> String? {
    if let text = value.string { return text }
    reportType(value, name, "a string")
    return nil
  }

  private mutating func strings(_ value: TOMLValue, _ name: String) -> [(text: String, position: SourcePosition)]? {
    guard let values = value.array else {
      reportType(value, name, "an array of strings")
      return nil
    }
    var result: [(text: String, position: SourcePosition)] = []
    for element in values {
      guard let text = element.string else {
        reportType(element, name, "an array of strings")
        return nil
      }
      result.append((text, element.position))
    }
    return result
  }

  private mutating func oneOrMore(_ value: TOMLValue, _ name: String) -> [(text: String, position: SourcePosition)] {
    if let text = value.string { return [(text, value.position)] }
    return strings(value, name) ?? []
  }

  /// A day, as a TOML date or as a string of the same form.
  private mutating func date(_ value: TOMLValue) -> String? {
    if case .date(let text) = value.kind, text.utf8.count == 10 { return text }
    if let text = value.string, text.utf8.count == 10, let parsed = try? TOML.parse("d = \(text)\n"),
      case .date? = parsed["d"]?.kind
    {
      return text
    }
    report(value.position, "`ignore.until` must be a day such as `2027-01-31`")
    return nil
  }

  private mutating func check(_ text: String, at place: SourcePosition, among choices: [String], _ name: String) -> Bool
  {
    if choices.contains(text) { return true }
    report(place, Self.choiceMessage(text, among: choices, name: "`\(name)`"))
    return false
  }

  private mutating func checkRule(_ text: String, at place: SourcePosition) {
    guard !RuleSelection.isKnown(text, among: weaknesses), !RuleSelection.isOwn(text) else { return }
    report(place, RuleSelection.unknownMessage(text, among: weaknesses))
  }

  /// "`hihg` is no value of `fail-on`; did you mean `high`?", or the list of what is.
  package static func choiceMessage(_ text: String, among choices: [String], name: String) -> String {
    let advice =
      Nearest.match(for: text, among: choices).map { "did you mean `\($0)`?" }
      ?? "expected " + choices.map { "`\($0)`" }.joined(separator: ", ")
    return "`\(text)` is no value of \(name); \(advice)"
  }

  // MARK: Problems

  private mutating func reportUnknownKey(_ entry: TOMLTable.Entry, among known: [String], inside prefix: String) {
    let advice =
      Nearest.match(for: entry.key, among: known).map { "did you mean `\($0)`?" }
      ?? "known keys: " + known.joined(separator: ", ")
    report(entry.keyPosition, "unknown key `\(prefix)\(entry.key)`; \(advice)")
  }

  private mutating func reportType(_ value: TOMLValue, _ name: String, _ expected: String) {
    report(value.position, "`\(name)` must be \(expected), not \(value.kindName)")
  }

  private mutating func report(_ position: SourcePosition, _ message: String) {
    problems.append(problem(position, message))
  }

  private func problem(_ position: SourcePosition, _ message: String) -> Problem {
    Problem(path: path, position: position, message: message)
  }
}
