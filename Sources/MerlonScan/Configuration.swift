package import MerlonBase
package import MerlonProgram

/// What a configuration file or the command line says of a run. A setting that is nil was not given there; the command
/// line wins over the file, and `Defaults` decides the rest.
package struct Configuration: Sendable, Hashable {
  // Verdict
  package var failOn: String?
  package var minConfidence: String?
  package var select: [String]?
  package var ignore: [String]?
  package var baseline: String?
  package var writeBaseline: String?
  package var diffBase: String?
  package var requireApp: Bool?
  package var honourNosec: Bool?
  package var requireIgnoreOwner: Bool?
  package var requireIgnoreUntil: Bool?

  // What is read
  package var include: [String]?
  package var exclude: [String]?
  package var maxFileSize: Int?
  package var python: String?
  package var fastapiVersion: String?
  package var models: [String]?
  package var headersAtProxy: Bool?

  // Output
  package var format: String?
  package var output: String?
  package var color: String?
  package var quiet: Bool?
  package var verbose: Bool?
  package var statistics: Bool?
  package var showSuppressed: Bool?
  package var jobs: Int?
  package var cache: Bool?

  /// What only `merlon map` reads.
  package var map = MapSettings()

  /// Only in a file.
  package var pathIgnores: [ConfiguredIgnore] = []
  /// Only in a file.
  package var policy = Policy()

  package init() {}

  /// These settings, and those of `other` where these say nothing.
  package func filled(from other: Configuration) -> Configuration {
    var result = self
    for setting in Setting.all + Setting.map { setting.target.fill(&result, from: other) }
    result.pathIgnores += other.pathIgnores
    if result.policy == Policy() { result.policy = other.policy }
    return result
  }

  /// Roles of the files that are reported on: production, and what `include` adds.
  package var reportedRoles: Set<FileRole> {
    Set((include ?? []).compactMap { FileRole(rawValue: $0) }).union([.production])
  }

  /// What holds where nobody says otherwise.
  package enum Defaults {
    package static let failOn = "high"
    package static let minConfidence = "medium"
    /// Bytes: 4 MiB.
    package static let maxFileSize = 4 << 20
    package static let format = "text"
    package static let color = "auto"
  }
}

/// The settings of `[map]`: form and selection of the map.
package struct MapSettings: Sendable, Hashable {
  package var format: String?
  package var output: String?
  package var app: String?
  package var unprotected: Bool?
  package var method: [String]?
  package var tag: [String]?
  package var role: [String]?
  package var path: [String]?
  package var openapi: String?

  package init() {}
}

/// What the configuration says of the API's intent; checks of access control read it.
package struct Policy: Sendable, Hashable {
  /// Operations that are public on purpose: `POST /login`, `GET /health`.
  package var publicOperations: [String] = []
  /// Qualified names of callables that keep strangers out, though Merlon does not see how.
  package var trustedGuards: [String] = []
  /// Names of the fields that hold whom an object belongs to.
  package var ownerFields: [String] = []
  /// Names of the fields that hold the tenant.
  package var tenantFields: [String] = []
  /// Qualified name of the dependency that every operation but the public ones must have.
  package var requiredDependency: String?

  package init() {}
}

/// An entry of `[[ignore]]`: findings of some weaknesses under some paths do not count.
package struct ConfiguredIgnore: Sendable, Hashable {
  /// Ids, names or beginnings of ids.
  package var rules: [String]
  /// Patterns in the form of .gitignore, relative to the folder of the configuration file.
  package var paths: [String]
  package var reason: String
  package var owner: String?
  /// Last day on which it holds, `YYYY-MM-DD`.
  package var until: String?
  /// Where the entry stands.
  package var position: SourcePosition

  package init(
    rules: [String], paths: [String], reason: String, owner: String?, until: String?, position: SourcePosition
  ) {
    self.rules = rules
    self.paths = paths
    self.reason = reason
    self.owner = owner
    self.until = until
    self.position = position
  }
}

/// One setting: a key of the file and a flag of the command line with the same name.
package struct Setting: Sendable {
  /// Where the value is kept, and so of which type it is.
  package enum Target: Sendable {
    case boolean(any WritableKeyPath<Configuration, Bool?> & Sendable)
    /// A number of at least 1, and at most the bound.
    case integer(any WritableKeyPath<Configuration, Int?> & Sendable, maximum: Int)
    case string(any WritableKeyPath<Configuration, String?> & Sendable)
    /// A version such as `0.115.0`.
    case version(any WritableKeyPath<Configuration, String?> & Sendable)
    case choice(any WritableKeyPath<Configuration, String?> & Sendable, [String])
    case strings(any WritableKeyPath<Configuration, [String]?> & Sendable)
    case choices(any WritableKeyPath<Configuration, [String]?> & Sendable, [String])
    /// Ids, names or beginnings of ids of weaknesses.
    case rules(any WritableKeyPath<Configuration, [String]?> & Sendable)
    /// A file that the run reads; a relative path starts at the folder of the configuration file.
    case inputFile(any WritableKeyPath<Configuration, String?> & Sendable)
    /// A file that the run writes. In a configuration file it must lie below that file's folder: a scanned repository
    /// shall not choose what is overwritten elsewhere.
    case outputFile(any WritableKeyPath<Configuration, String?> & Sendable)

    func fill(_ configuration: inout Configuration, from other: Configuration) {
      switch self {
      case .boolean(let path): configuration[keyPath: path] = configuration[keyPath: path] ?? other[keyPath: path]
      case .integer(let path, _): configuration[keyPath: path] = configuration[keyPath: path] ?? other[keyPath: path]
      case .strings(let path), .choices(let path, _), .rules(let path):
        configuration[keyPath: path] = configuration[keyPath: path] ?? other[keyPath: path]
      case .string(let path), .version(let path), .choice(let path, _), .inputFile(let path), .outputFile(let path):
        configuration[keyPath: path] = configuration[keyPath: path] ?? other[keyPath: path]
      }
    }
  }

  package let name: String
  package let target: Target
  /// What it does, one sentence.
  package let help: String

  package static let severities = Severity.allCases.reversed().map(\.rawValue) + ["never"]
  package static let confidences = Confidence.allCases.reversed().map(\.rawValue)
  package static let roles = FileRole.allCases.map(\.rawValue)
  package static let formats = ["text", "json", "sarif", "markdown", "github"]
  package static let colors = ["auto", "always", "never"]

  /// Every setting, in the order of the documentation.
  package static let all: [Setting] = [
    Setting("fail-on", .choice(\.failOn, severities), "Least severity of a finding that makes the exit code 1."),
    Setting(
      "min-confidence", .choice(\.minConfidence, confidences), "Least confidence of the findings that are reported."),
    Setting("select", .rules(\.select), "Look only for these weaknesses: ids, names or beginnings of ids."),
    Setting("ignore", .rules(\.ignore), "Do not look for these weaknesses: ids, names or beginnings of ids."),
    Setting(
      "include", .choices(\.include, roles), "Report on files of these roles too, beside production code."),
    Setting("exclude", .strings(\.exclude), "Paths to leave out, in the form of .gitignore."),
    Setting("baseline", .inputFile(\.baseline), "A former JSON report or baseline: what it has does not count."),
    Setting("write-baseline", .outputFile(\.writeBaseline), "Write the findings of this run as a baseline."),
    Setting("diff-base", .string(\.diffBase), "Report only what is not in this commit of the git repository."),
    Setting("format", .choice(\.format, formats), "Form of the report."),
    Setting("output", .outputFile(\.output), "File for the report instead of standard output."),
    Setting("require-app", .boolean(\.requireApp), "Exit with 3 when no FastAPI application is found."),
    Setting("python", .inputFile(\.python), "Interpreter or virtual environment whose packages are consulted."),
    Setting("fastapi-version", .version(\.fastapiVersion), "Version of FastAPI to assume."),
    Setting("models", .strings(\.models), "Files or folders with models of the project's own (`docs/models.md`)."),
    Setting("headers-at-proxy", .boolean(\.headersAtProxy), "Security headers are set by the proxy in front."),
    Setting("honour-nosec", .boolean(\.honourNosec), "Let bandit's `# nosec` comments count."),
    Setting("require-ignore-owner", .boolean(\.requireIgnoreOwner), "Every ignore must name an owner."),
    Setting("require-ignore-until", .boolean(\.requireIgnoreUntil), "Every ignore must say until when it holds."),
    Setting("max-file-size", .integer(\.maxFileSize, maximum: 1 << 30), "Larger files are not read, in bytes."),
    Setting("jobs", .integer(\.jobs, maximum: 1_024), "Threads; as many as processors when not given."),
    Setting(
      "cache", .boolean(\.cache),
      "Keep results for the next run, which then looks only at what has changed; on if not set."),
    Setting("color", .choice(\.color, colors), "When to colour the text report."),
    Setting("quiet", .boolean(\.quiet), "Say nothing but the report and errors."),
    Setting("verbose", .boolean(\.verbose), "Tell more: every limit, what was read."),
    Setting("statistics", .boolean(\.statistics), "Tell the numbers of findings per weakness at the end."),
    Setting(
      "show-suppressed", .boolean(\.showSuppressed), "List the findings that an ignore or a baseline holds back."),
  ]

  package static let mapFormats = ["text", "tree", "json", "openapi", "markdown", "html", "mermaid", "csv"]

  /// The settings of `[map]`, in the order of the documentation; their names begin with `map.`.
  package static let map: [Setting] = [
    Setting("map.format", .choice(\.map.format, mapFormats), "Form of the map."),
    Setting("map.output", .outputFile(\.map.output), "File for the map instead of standard output."),
    Setting("map.app", .string(\.map.app), "Show this application only: `module:name`."),
    Setting(
      "map.unprotected", .boolean(\.map.unprotected),
      "Show only operations that anyone may call and that are not public on purpose."),
    Setting("map.method", .strings(\.map.method), "Show only operations of these methods."),
    Setting("map.tag", .strings(\.map.tag), "Show only operations with one of these tags."),
    Setting("map.role", .strings(\.map.role), "Show only operations that ask for one of these roles or scopes."),
    Setting("map.path", .strings(\.map.path), "Show only operations whose paths match one of these patterns."),
    Setting("map.openapi", .inputFile(\.map.openapi), "Published OpenAPI document to compare the code with."),
  ]

  /// Name of the flag, and of the key inside its table.
  package var flagName: String { name.hasPrefix("map.") ? String(name.dropFirst(4)) : name }

  /// What is wrong with a text as a version; nil when it begins as one (https://peps.python.org/pep-0440/).
  package static func versionFault(_ text: String, name: String) -> String? {
    let isVersion = text.utf8.first.map { (0x30...0x39).contains($0) } == true && text.utf8.allSatisfy(isVersionByte)
    return isVersion ? nil : "`\(text)` (\(name)) is not a version such as `0.115.0`"
  }

  private static func isVersionByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x21, 0x2B, 0x2D, 0x2E, 0x5F: true
    default: false
    }
  }

  private init(_ name: String, _ target: Target, _ help: String) {
    self.name = name
    self.target = target
    self.help = help
  }
}
