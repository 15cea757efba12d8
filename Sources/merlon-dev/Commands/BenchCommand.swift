import ArgumentParser

/// `merlon-dev bench`: work without output, for measuring from outside.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Do work without output, to be measured.",
    subcommands: [BenchParseCommand.self, BenchProgramCommand.self])
}
