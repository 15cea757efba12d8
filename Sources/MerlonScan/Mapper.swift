package import MerlonAPI
package import MerlonBase
import MerlonFastAPI
import MerlonModels
import MerlonProgram

/// What a map shows. The command line and the configuration decide; there are no defaults here.
package struct MapOptions: Sendable {
  package var project: ProjectOptions
  /// Whether the applications of tests, examples and scripts are listed where production code has none.
  package var fallsBackToAllRoles: Bool
  /// What the API is meant to be.
  package var policy: Policy

  package init(project: ProjectOptions, fallsBackToAllRoles: Bool, policy: Policy) {
    self.project = project
    self.fallsBackToAllRoles = fallsBackToAllRoles
    self.policy = policy
  }
}

/// The model of a project's APIs, and what it was made from.
package struct MapResult: Sendable {
  /// Folder that all paths are relative to.
  package var root: RawPath
  package var model: APIModel
  /// What could not be read or told, that of the model included.
  package var limits: [Limit]
  /// Files of Python that were read.
  package var files: Int
  package var lines: Int
  package var versions: FrameworkVersions
  /// False when the run is not to be trusted: nothing was readable.
  package var isComplete: Bool
  /// How the files are opened, by their paths in the model.
  package var locations: [String: RawPath]
}

/// A project in, the model of its APIs out.
package enum Mapper {
  /// - Parameters:
  ///   - path: a folder, or one file.
  ///   - progress: is told in a few words what is being done; may be called from any thread.
  /// - Throws: `Problem` where the path itself is missing or not readable.
  package static func map(
    _ path: RawPath, options: MapOptions, files: any FileSystem,
    progress: @escaping @Sendable (String) -> Void = { _ in }
  ) throws(Problem) -> MapResult {
    let reader = ProjectReader(options: options.project, files: files, readsAll: false)
    let project = try reader.read(path, progress: progress)
    progress("looking for applications in \(project.sources.count) modules")
    let program = reader.program(of: project)
    var reading = APIReaderOptions(options, versions: project.versions)
    var model = APIReader.read(program, options: reading)
    var limits = project.limits
    if model.applications.isEmpty, options.fallsBackToAllRoles {
      reading.roles = Set(FileRole.allCases)
      let wider = APIReader.read(program, options: reading)
      if !wider.applications.isEmpty {
        model = wider
        limits.append(
          Limit(
            kind: "no-production-application",
            message: "no application was found in production code: those of examples, tests and scripts are listed"))
      }
    }
    if model.applications.isEmpty {
      limits.append(Limit(kind: "no-application", message: "no FastAPI or Starlette application was found"))
    } else {
      limits += project.versions.limits
    }
    return MapResult(
      root: project.root, model: model, limits: limits + model.limits, files: project.files, lines: project.lines,
      versions: project.versions, isComplete: project.files > 0, locations: project.locations)
  }
}

extension APIReaderOptions {
  fileprivate init(_ options: MapOptions, versions: FrameworkVersions) {
    let policy = options.policy
    self.init(
      fastAPIVersion: versions.fastAPI?.version, pydanticVersion: versions.pydantic?.version,
      roles: options.project.roles, publicOperations: policy.publicOperations, trustedGuards: policy.trustedGuards,
      ownerFields: policy.ownerFields + policy.tenantFields, models: options.project.models)
  }
}
