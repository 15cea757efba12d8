import ArgumentParser
import MerlonBase
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

  @Option(help: "Configuration file to use instead of the nearest one.", completion: .file(extensions: ["toml"]))
  var config: String?

  @Flag(help: "Use no configuration file.")
  var noConfig = false

  @OptionGroup var settings: SettingArguments

  func validate() throws {
    if config != nil && noConfig { throw ValidationError("--config and --no-config exclude each other") }
  }

  func run() throws {
    let found = try findConfiguration()
    let flags = try settings.configuration(weaknesses: Catalogue.names)
    let run = ScanRun(path: path, flags: flags, file: found)
    throw try run.perform()
  }

  private func findConfiguration() throws -> FoundConfiguration? {
    if noConfig { return nil }
    let files = DiskFileSystem()
    let found: FoundConfiguration?
    if let config {
      do {
        found = try ConfigurationSearch.load(RawPath(config), weaknesses: Catalogue.names, files: files)
      } catch {
        throw UsageFailure([error])
      }
    } else {
      found = ConfigurationSearch.find(from: RawPath(path), weaknesses: Catalogue.names, files: files)
    }
    if let problems = found?.problems, !problems.isEmpty { throw UsageFailure(problems) }
    return found
  }
}
