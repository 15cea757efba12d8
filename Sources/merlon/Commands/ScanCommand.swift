import ArgumentParser
import MerlonScan

/// `merlon scan`: reads a project and reports its weaknesses.
struct ScanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan", abstract: "Read a FastAPI project and report its weaknesses.",
    discussion: """
      Every option has a key of the same name in merlon.toml or in [tool.merlon] of pyproject.toml, which is looked \
      for from PATH upwards. Options win over the file.
      """)

  @Argument(help: "Folder or file to read.", completion: .directory)
  var path = "."

  @OptionGroup var configurationFile: ConfigurationArguments

  @OptionGroup var settings: SettingArguments

  func run() throws {
    let found = try configurationFile.find(for: path)
    let flags = try settings.configuration(weaknesses: Catalogue.names)
    let run = ScanRun(setup: RunSetup(path: path, flags: flags, file: found))
    throw try run.perform()
  }
}
