package import MerlonBase
package import MerlonModels
package import MerlonProgram

/// What a scan looks at and for. The command line and the configuration decide; there are no defaults here.
package struct ScanOptions: Sendable {
  /// Roles of files whose findings are reported.
  package var roles: Set<FileRole>
  package var exclude: [PathPatterns]
  /// Bytes; larger files are limits.
  package var maximumFileSize: Int
  package var selection: RuleSelection
  /// Threads, at least 1. The result does not depend on it.
  package var threadCount: Int
  /// Folders with the packages that the project runs with, in the order of `sys.path`.
  package var packagePath: [String]
  /// Version of FastAPI that the user says the project runs on.
  package var fastAPIVersion: String?
  package var headersAtProxy: Bool
  /// What the configuration says of the API's intent.
  package var policy: Policy
  package var ignores: IgnoreOptions
  /// What libraries mean, and what the project says of its own.
  package var models = LibraryModels.builtIn
  /// Folder for what later runs can use; nil to keep nothing.
  package var cacheFolder: RawPath?

  package init(
    roles: Set<FileRole>, exclude: [PathPatterns], maximumFileSize: Int, selection: RuleSelection, threadCount: Int,
    packagePath: [String], fastAPIVersion: String?, headersAtProxy: Bool, policy: Policy, ignores: IgnoreOptions
  ) {
    self.roles = roles
    self.exclude = exclude
    self.maximumFileSize = maximumFileSize
    self.selection = selection
    self.threadCount = threadCount
    self.packagePath = packagePath
    self.fastAPIVersion = fastAPIVersion
    self.headersAtProxy = headersAtProxy
    self.policy = policy
    self.ignores = ignores
  }
}

extension ScanOptions {
  /// What is read.
  package var project: ProjectOptions {
    var result = ProjectOptions(
      roles: roles, exclude: exclude, maximumFileSize: maximumFileSize, threadCount: threadCount,
      packagePath: packagePath, fastAPIVersion: fastAPIVersion)
    result.models = models
    return result
  }
}

/// How ignores are taken: those in comments and those of the configuration.
package struct IgnoreOptions: Sendable {
  /// What comments must say and may name.
  package var policy: InlineIgnore.Policy
  package var configured: [ConfiguredIgnore]
  /// What leads from the configuration's folder to the scanned root; empty or with `/` at its end.
  package var configurationPrefix: String
  /// `YYYY-MM-DD`: an ignore whose last day is before it has expired.
  package var today: String

  package init(
    policy: InlineIgnore.Policy, configured: [ConfiguredIgnore], configurationPrefix: String, today: String
  ) {
    self.policy = policy
    self.configured = configured
    self.configurationPrefix = configurationPrefix
    self.today = today
  }
}

/// An application that a scan found.
package struct ScannedApplication: Sendable, Hashable {
  /// Qualified name of the variable that holds it.
  package var name: String
  /// Class that it is an instance of.
  package var kind: String
  package var location: SourceLocation

  package init(name: String, kind: String, location: SourceLocation) {
    self.name = name
    self.kind = kind
    self.location = location
  }
}

/// What a scan has to say.
package struct ScanResult: Sendable {
  /// Folder that all paths are relative to.
  package var root: RawPath
  /// All that was found, with fingerprints, suppressed ones too; the caller hides what lacks confidence.
  package var findings: [Finding]
  package var limits: [Limit]
  package var problems: [Problem]
  /// Files that were read.
  package var files: Int
  package var lines: Int
  package var applications: [ScannedApplication]
  /// False when the run is not to be trusted: nothing was readable.
  package var isComplete: Bool
  /// How the files are opened, by their paths in findings.
  package var locations: [String: RawPath]
}
