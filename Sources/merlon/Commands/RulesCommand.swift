import ArgumentParser
import MerlonBase
import MerlonCatalog
import MerlonReport
import MerlonScan

/// `merlon rules`: the catalogue.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules", abstract: "List the weaknesses that Merlon knows.")

  @Option(help: "text (default) or json.", completion: .list(formats))
  var format = "text"

  @Option(help: "When to use colours: auto (default), always or never.", completion: .list(Setting.colors))
  var color = Configuration.Defaults.color

  private static let formats = ["text", "json"]

  func run() throws {
    for (value, choices, name) in [(format, Self.formats, "`--format`"), (color, Setting.colors, "`--color`")]
    where !choices.contains(value) {
      throw UsageFailure(ConfigurationReader.choiceMessage(value, among: choices, name: name))
    }
    let bytes =
      format == "json"
      ? json()
      : Array(RuleText(usesColor: Terminal.usesColor(color), width: Terminal.width).table(of: Weakness.all).utf8)
    guard Terminal.write(bytes) else { throw ExitStatus.incomplete }
  }

  private func json() -> [UInt8] {
    var writer = JSONWriter(layout: .indented)
    writer.beginObject()
    writer.key("schema_version")
    writer.value("1.0")
    writer.key("rules")
    writer.beginArray()
    for weakness in Weakness.all {
      writer.beginObject()
      for (key, value) in [
        ("id", weakness.id), ("name", weakness.name), ("severity", weakness.severity.rawValue),
        ("summary", weakness.summary), ("since", weakness.since),
      ] {
        writer.key(key)
        writer.value(value)
      }
      let lists: [(String, [String])] = [
        ("cwe", weakness.cwe.map { "CWE-\($0)" }), ("owasp", weakness.owasp.map(\.description)),
        ("asvs", weakness.asvs), ("practices", weakness.practices), ("references", weakness.references),
      ]
      for (key, values) in lists {
        writer.key(key)
        writer.beginArray()
        for value in values { writer.value(value) }
        writer.endArray()
      }
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    return writer.bytes + [0x0A]
  }
}
