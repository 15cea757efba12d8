import MerlonBase
import MerlonScan

/// Checks the settings that flags give.
struct SettingCheck {
  /// Id and name of every weakness, to check selections.
  var weaknesses: [(id: String, name: String)]

  /// - Throws: `UsageFailure` naming every wrong value.
  func run(_ settings: [Setting], of configuration: Configuration) throws {
    let problems = settings.flatMap { faults(of: $0, in: configuration) }
    if !problems.isEmpty { throw UsageFailure(problems.map { Problem(message: $0) }) }
  }

  /// Values of a flag that is given several times, or once with commas between; nil when it is not given.
  static func list(_ values: [String]) -> [String]? {
    if values.isEmpty { return nil }
    return values.flatMap { $0.split { $0 == "," || $0 == " " } }.map(String.init)
  }

  private func faults(of setting: Setting, in configuration: Configuration) -> [String] {
    let flag = "`--\(setting.flagName)`"
    switch setting.target {
    case .choice(let target, let choices):
      guard let value = configuration[keyPath: target], !choices.contains(value) else { return [] }
      return [ConfigurationReader.choiceMessage(value, among: choices, name: flag)]
    case .choices(let target, let choices):
      return (configuration[keyPath: target] ?? []).filter { !choices.contains($0) }.map {
        ConfigurationReader.choiceMessage($0, among: choices, name: flag)
      }
    case .rules(let target):
      if setting.name == "select", configuration[keyPath: target]?.isEmpty == true {
        return [RuleSelection.emptyMessage(name: flag)]
      }
      return (configuration[keyPath: target] ?? []).filter {
        !RuleSelection.isKnown($0, among: weaknesses) && !RuleSelection.isOwn($0)
      }.map {
        RuleSelection.unknownMessage($0, among: weaknesses)
      }
    case .version(let target):
      return configuration[keyPath: target].flatMap { Setting.versionFault($0, name: flag) }.map { [$0] } ?? []
    case .integer(let target, let maximum):
      guard let value = configuration[keyPath: target], !(1...maximum).contains(value) else { return [] }
      return ["\(flag) must be from 1 to \(maximum), not \(value)"]
    default: return []
    }
  }
}
