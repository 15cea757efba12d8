import Glibc
import MerlonBase
import MerlonModels
import MerlonScan

/// What the verbs that read a project have in common: settings, the options that follow from them, and where the
/// report goes.
struct RunSetup {
  let path: String
  /// The flags, and the file's settings where those say nothing.
  let settings: Configuration
  let file: FoundConfiguration?
  let files = DiskFileSystem()
  let clock = UTCTime.now()
  private let flags: Configuration
  private let start = monotonicSeconds()

  init(path: String, flags: Configuration, file: FoundConfiguration?) {
    self.path = path
    self.flags = flags
    self.file = file
    settings = flags.filled(from: file?.configuration ?? Configuration())
  }

  /// Since this value was made.
  var seconds: Double { monotonicSeconds() - start }

  /// Tells on standard error what is being done, where that is a terminal.
  func makeProgress() -> @Sendable (String) -> Void {
    if settings.verbose == true, let file { Terminal.tell("merlon: configuration from \(file.path)") }
    return Terminal.progress(isWanted: settings.quiet != true)
  }

  /// - Throws: `UsageFailure` when `--python` names no interpreter.
  func makeProjectOptions() throws -> ProjectOptions {
    var exclude = [PathPatterns(flags.exclude ?? [])]
    if flags.exclude == nil, let patterns = file?.configuration.exclude {
      exclude.append(PathPatterns(patterns, prefix: configurationPrefix))
    }
    let packagePath: [String]
    do {
      packagePath = try PackagePath.find(
        settings.python, projects: [RawPath(path)] + (file.map { [$0.folder] } ?? []), files: files)
    } catch {
      throw UsageFailure([error])
    }
    var options = ProjectOptions(
      roles: settings.reportedRoles, exclude: exclude,
      maximumFileSize: settings.maxFileSize ?? Configuration.Defaults.maxFileSize,
      threadCount: settings.jobs ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))), packagePath: packagePath,
      fastAPIVersion: settings.fastapiVersion)
    options.models = try makeModels()
    return options
  }

  /// The models of the binary, and those that the settings name.
  ///
  /// - Throws: `UsageFailure` for files that can't be read, and for every fault in them.
  func makeModels() throws -> LibraryModels {
    guard let names = settings.models, !names.isEmpty else { return .builtIn }
    // Flags start where the reader stands, keys at the folder of the configuration file.
    let base = flags.models == nil ? file?.folder : nil
    do {
      let models = try ModelFiles.read(names, base: base, files: files)
      guard models.problems.isEmpty else { throw UsageFailure(models.problems) }
      return models
    } catch let problem as Problem {
      throw UsageFailure([problem])
    }
  }

  /// What leads from the configuration's folder to the scanned folder, `""` or with `/` at its end.
  var configurationPrefix: String {
    guard let file, let top = files.resolved(file.folder), let root = files.resolved(folder) else { return "" }
    let rest = root.bytes.starts(with: top.bytes) ? root.bytes.dropFirst(top.bytes.count).drop { $0 == 0x2F } : []
    return rest.isEmpty ? "" : String(decoding: rest, as: UTF8.self) + "/"
  }

  /// The folder that is read, or that the file lies in.
  var folder: RawPath {
    let path = RawPath(self.path)
    return files.status(of: path, followingLinks: true)?.type == .directory ? path : path.parent
  }

  /// What leads from where the reader stands to a path below `root`.
  func pathPrefix(_ root: RawPath) -> String {
    var text = root.display
    while text.hasPrefix("./") { text.removeFirst(2) }
    if text.isEmpty || text == "." { return "" }
    return text.hasSuffix("/") ? text : text + "/"
  }

  func usesColor(writingTo output: String?) -> Bool {
    let color = settings.color ?? Configuration.Defaults.color
    return output == nil ? Terminal.usesColor(color) : color == "always"
  }

  /// Writes a report to a file or to standard output; answers whether all of it got there.
  func deliver(_ bytes: [UInt8], to output: String?) -> Bool {
    let reason = output.map { Terminal.writeFile($0, bytes) } ?? Terminal.write(bytes, to: 1)
    guard let reason else { return true }
    let place = output.map { "`\($0)`" } ?? "standard output"
    Terminal.tell("merlon: error: the report can't be written to \(place): \(reason)")
    return false
  }
}
