import ArgumentParser
import MerlonBase

/// Tools for those who work on Merlon: dumps that tests compare with other implementations, generators, benchmarks.
@main
struct MerlonDevCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merlon-dev", abstract: "Tools for working on Merlon; not part of what is installed.",
    version: Merlon.version, subcommands: [BenchCommand.self, DumpCommand.self, GenerateCommand.self])
}
