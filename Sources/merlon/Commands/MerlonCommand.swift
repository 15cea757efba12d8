import ArgumentParser
import MerlonBase

/// `merlon`: the verbs.
struct MerlonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merlon", abstract: "Find the weaknesses of APIs built with FastAPI.",
    discussion: """
      Exit codes: 0 nothing at or above --fail-on, 1 findings at or above it, 2 wrong usage or configuration, \
      3 the run is not to be trusted.
      """,
    version: "merlon \(Merlon.version)",
    subcommands: [ScanCommand.self, MapCommand.self, InitCommand.self, ExplainCommand.self, RulesCommand.self])
}
