import ArgumentParser
import MerlonAPI
import MerlonBase
import MerlonProgram
import MerlonScan

/// `merlon-dev dump openapi`: the OpenAPI documents of all applications of a project.
struct DumpOpenAPICommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "openapi", abstract: "Print the OpenAPI documents of all applications: an object by `module:name`.",
    discussion: "Neither configuration nor filters apply; the roles of files do not matter.")

  @Argument(help: "A folder, or one file.")
  var path: String

  @Option(help: "Interpreter or environment whose packages the project runs with.")
  var python: String?

  @Option(help: "Version of FastAPI.")
  var fastapiVersion: String?

  @Flag(help: "Print what could not be told instead.")
  var limits = false

  func run() throws {
    let files = DiskFileSystem()
    let packages = try PackagePath.find(python, projects: [RawPath(path)], files: files)
    let project = ProjectOptions(
      roles: Set(FileRole.allCases), exclude: [], maximumFileSize: 4 << 20, threadCount: 2, packagePath: packages,
      fastAPIVersion: fastapiVersion)
    let result = try Mapper.map(
      RawPath(path), options: MapOptions(project: project, fallsBackToAllRoles: false, policy: Policy()), files: files)
    var output = ByteOutput(descriptor: 1)
    if limits {
      for limit in result.limits { output.append("\(limit.path ?? "")\t\(limit.kind)\t\(limit.message)\n") }
    } else {
      let documents = result.model.applications.map { application in
        JSONValue.Member(
          key: application.module + ":" + application.name, value: OpenAPIWriter.document(of: application))
      }
      output.append(String(decoding: JSONValue.object(documents).text(layout: .compact), as: UTF8.self) + "\n")
    }
    output.flush()
  }
}
