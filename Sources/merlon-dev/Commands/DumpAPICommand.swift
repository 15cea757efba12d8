import ArgumentParser
import MerlonBase
import MerlonProgram
import MerlonReport
import MerlonScan

/// `merlon-dev dump api`: the model of a project's APIs.
struct DumpAPICommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "api", abstract: "Print the model of a project's APIs, as `merlon map --format json` does.",
    discussion: "Neither configuration nor filters apply; the roles of files do not matter.")

  @Argument(help: "A folder, or one file.")
  var path: String

  @Option(help: "Interpreter or environment whose packages the project runs with.")
  var python: String?

  @Option(help: "Version of FastAPI.")
  var fastapiVersion: String?

  func run() throws {
    let files = DiskFileSystem()
    let packages = try PackagePath.find(python, projects: [RawPath(path)], files: files)
    let project = ProjectOptions(
      roles: Set(FileRole.allCases), exclude: [], maximumFileSize: 4 << 20, threadCount: 2, packagePath: packages,
      fastAPIVersion: fastapiVersion)
    let result = try Mapper.map(
      RawPath(path), options: MapOptions(project: project, fallsBackToAllRoles: false, policy: Policy()), files: files)
    let report = MapReport(
      toolVersion: Merlon.version, startTime: "", root: path, isComplete: result.isComplete, model: result.model,
      limits: result.limits, statistics: MapStatistics(files: result.files, lines: result.lines, seconds: 0, hidden: 0))
    var output = ByteOutput(descriptor: 1)
    output.append(
      String(
        decoding: render(
          report, format: .json,
          options: MapRenderOptions(pathPrefix: "", usesColor: false, width: 120, isVerbose: false)),
        as: UTF8.self))
    output.flush()
  }
}
