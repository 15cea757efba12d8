import ArgumentParser
import MerlonCatalog
import MerlonReport
import MerlonScan

/// `merlon explain`: what a weakness is, how it is attacked, how to repair it.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Tell what a weakness is, how it is attacked and how to repair it.",
    discussion: "Without RULE, lists all weaknesses.")

  @Argument(
    help: "Id or name, for instance MRL101 or jwt-signature-not-verified.",
    completion: .custom { _, _, _ in Weakness.all.flatMap { [$0.id, $0.name] } })
  var rule: String?

  @Option(help: "When to use colours: auto (default), always or never.", completion: .list(Setting.colors))
  var color = Configuration.Defaults.color

  func run() throws {
    guard Setting.colors.contains(color) else {
      throw UsageFailure(ConfigurationReader.choiceMessage(color, among: Setting.colors, name: "`--color`"))
    }
    let text = RuleText(usesColor: Terminal.usesColor(color), width: Terminal.width)
    let output: String
    if let rule {
      output = text.page(of: try Catalogue.weakness(rule))
    } else {
      output = text.table(of: Weakness.all) + "\n`merlon explain RULE` tells more of one.\n"
    }
    guard Terminal.write(Array(output.utf8)) else { throw ExitStatus.incomplete }
  }
}
