import MerlonBase
import MerlonScan

/// What `merlon init` sees of a project.
struct ProjectFacts {
  enum ContinuousIntegration {
    case github, gitlab
  }

  var continuousIntegration: ContinuousIntegration
  /// Name of the configuration file that holds already, if any.
  var configurationPath: String?
  var hasPreCommit: Bool
  var preCommitMentionsMerlon: Bool
  /// Qualified names of the applications, with their places.
  var applications: [(name: String, place: String)]
  var pythonFiles: Int

  init(of folder: RawPath, files: DiskFileSystem) {
    func exists(_ name: String) -> Bool { files.status(of: folder.appending(name), followingLinks: true) != nil }
    func content(_ name: String) -> String {
      String(decoding: (try? files.read(folder.appending(name), limit: 1 << 20)) ?? [], as: UTF8.self)
    }
    continuousIntegration = exists(".gitlab-ci.yml") && !exists(".github") ? .gitlab : .github
    configurationPath = ConfigurationSearch.find(from: folder, weaknesses: Catalogue.names, files: files)?.path
    hasPreCommit = exists(".pre-commit-config.yaml")
    preCommitMentionsMerlon = content(".pre-commit-config.yaml").contains("merlon")
    let policy = InlineIgnore.Policy(weaknesses: [], requiresOwner: false, requiresUntil: false, honorsNosec: false)
    let options = ScanOptions(
      roles: Configuration().reportedRoles, exclude: [], maximumFileSize: Configuration.Defaults.maxFileSize,
      selection: RuleSelection(select: [], ignore: []), threadCount: 1, packagePath: [], fastAPIVersion: nil,
      headersAtProxy: false, policy: Policy(),
      ignores: IgnoreOptions(policy: policy, configured: [], configurationPrefix: "", today: UTCTime.now().day))
    let result = try? Scanner.scan(folder, options: options, files: files)
    pythonFiles = result?.files ?? 0
    applications = (result?.applications ?? []).map { ($0.name, "\($0.location.path):\($0.location.start.line)") }
  }

  var summary: String {
    if applications.isEmpty {
      return "no FastAPI application found among " + (pythonFiles == 1 ? "1 file" : "\(pythonFiles) files")
    }
    let names = applications.prefix(5).map { "\($0.name) (\($0.place))" }.joined(separator: ", ")
    let more = applications.count > 5 ? " and \(applications.count - 5) more" : ""
    return DisplayText.sanitized("found \(names)\(more)")
  }
}
