import ArgumentParser
import MerlonScan

/// `merlon map`: lists the operations of a project's APIs, and who may call each.
struct MapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "map", abstract: "List every operation of the API, who may call it and what enforces that.",
    discussion: """
      Every option has a key of the same name in merlon.toml or in [tool.merlon] of pyproject.toml: format, output, \
      app, openapi and the filters in its table [map], the others at its top. Options win over the file.

      Exit codes: 0 nothing at or above --fail-on (without --diff-base and --openapi always), 1 a difference at or \
      above it, 2 wrong usage or configuration, 3 the run is not to be trusted.
      """)

  @Argument(help: "Folder or file to read.", completion: .directory)
  var path = "."

  @OptionGroup var configurationFile: ConfigurationArguments

  @OptionGroup var arguments: MapArguments

  func run() throws {
    let found = try configurationFile.find(for: path)
    let flags = try arguments.configuration()
    throw try MapRun(setup: RunSetup(path: path, flags: flags, file: found)).perform()
  }
}
