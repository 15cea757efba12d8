import ArgumentParser
import MerlonCatalog
import MerlonModels
import MerlonReport
import MerlonRules
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

  @OptionGroup var configurationFile: ConfigurationArguments

  @Option(help: "File or folder with models of your own, whose rules are told of too.", completion: .file())
  var models: [String] = []

  @Option(help: "When to use colours: auto (default), always or never.", completion: .list(Setting.colors))
  var color = Configuration.Defaults.color

  func run() throws {
    guard Setting.colors.contains(color) else {
      throw UsageFailure(ConfigurationReader.choiceMessage(color, among: Setting.colors, name: "`--color`"))
    }
    let text = RuleText(usesColor: Terminal.usesColor(color), width: Terminal.width)
    var flags = Configuration()
    flags.models = models.isEmpty ? nil : models
    let setup = RunSetup(path: ".", flags: flags, file: try configurationFile.find(for: "."))
    let own = try setup.makeModels().rules.map { Weakness($0) }
    let output: String
    if let rule {
      let named = own.first { $0.id.lowercased() == rule.lowercased() || $0.name == rule }
      output = text.page(of: try named ?? Catalogue.weakness(rule))
    } else {
      output = text.table(of: Weakness.all + own) + "\n`merlon explain RULE` tells more of one.\n"
    }
    guard Terminal.write(Array(output.utf8)) else { throw ExitStatus.incomplete }
  }
}
