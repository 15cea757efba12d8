import ArgumentParser
import MerlonBase
import MerlonScan

/// The flags of every verb that reads a project: what is read, and how the run talks.
struct ReadingArguments: ParsableArguments {
  @Option(
    help: "Report on test, script, migration or example files too; with commas between.",
    completion: .list(Setting.roles))
  var include: [String] = []

  @Option(help: "Paths to leave out, in the form of .gitignore, relative to PATH.")
  var exclude: [String] = []

  @Flag(inversion: .prefixedNo, help: "Exit with 3 when no FastAPI application is found.")
  var requireApp: Bool?

  @Option(help: "Interpreter or virtual environment whose packages are consulted (never run).", completion: .file())
  var python: String?

  @Option(help: "Version of FastAPI to assume.")
  var fastapiVersion: String?

  @Option(help: "File or folder with models of your own: sources, sinks, sanitizers, rules.", completion: .file())
  var models: [String] = []

  @Option(help: "Larger files are not read, in bytes (default 4194304).")
  var maxFileSize: Int?

  @Option(help: "Threads; as many as processors when not given.")
  var jobs: Int?

  @Option(help: "When to colour the text report: auto (default), always or never.", completion: .list(Setting.colors))
  var color: String?

  @Flag(name: .shortAndLong, help: "Say nothing but the report and errors.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Tell more: every limit, what was read.")
  var verbose = false

  /// The flags as settings, not yet checked.
  var configuration: Configuration {
    var result = Configuration()
    result.include = SettingCheck.list(include)
    result.exclude = exclude.isEmpty ? nil : exclude
    result.requireApp = requireApp
    result.python = python
    result.fastapiVersion = fastapiVersion
    result.models = models.isEmpty ? nil : models
    result.maxFileSize = maxFileSize
    result.jobs = jobs
    result.color = color
    result.quiet = quiet ? true : nil
    result.verbose = verbose ? true : nil
    return result
  }
}

/// Which configuration file holds.
struct ConfigurationArguments: ParsableArguments {
  @Option(help: "Configuration file to use instead of the nearest one.", completion: .file(extensions: ["toml"]))
  var config: String?

  @Flag(help: "Use no configuration file.")
  var noConfig = false

  func validate() throws {
    if config != nil && noConfig { throw ValidationError("--config and --no-config exclude each other") }
  }

  /// The file that holds for a path; nil where there is none.
  ///
  /// - Throws: `UsageFailure` with every fault of the file.
  func find(for path: String) throws -> FoundConfiguration? {
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
