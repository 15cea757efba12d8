package import MerlonBase
import MerlonProgram

/// The versions of the framework that a project runs on, as far as its files tell.
package struct FrameworkVersions: Sendable, Hashable {
  /// A version and what says so.
  package struct Fact: Sendable, Hashable {
    /// As PEP 440 writes it: `0.115.6`.
    package var version: String
    /// The file or folder that names it, `--fastapi-version` for the user.
    package var source: String

    package init(version: String, source: String) {
      self.version = version
      self.source = source
    }
  }

  /// Nil when nothing names it.
  package var fastAPI: Fact?
  package var pydantic: Fact?

  package init() {}

  /// What had to be assumed.
  package var limits: [Limit] {
    guard fastAPI == nil else { return [] }
    return [
      Limit(
        kind: "version-assumed",
        message: "no lock file, pin or environment names the version of FastAPI, so the newest is assumed"
          + " (`--fastapi-version` states another)")
    ]
  }

  /// Bytes of a lock file that are read; the largest known are some megabytes.
  private static let maximumSize = 16 << 20

  /// The user's word first, then lock files, exact pins, and the packages that are installed. Of several files of a
  /// kind, the one nearest to the root counts.
  static func detect(_ discovery: Discovery, options: ProjectOptions, files: any FileSystem) -> FrameworkVersions {
    var result = FrameworkVersions()
    if let version = options.fastAPIVersion { result.fastAPI = Fact(version: version, source: "--fastapi-version") }
    for place in pinningFiles(discovery, files: files) {
      guard result.fastAPI == nil || result.pydantic == nil else { break }
      guard let bytes = try? files.read(place.location, limit: maximumSize) else { continue }
      let pins = PinnedVersions.read(bytes, kind: place.kind)
      result.take(pins["fastapi"], pins["pydantic"], from: place.shown)
    }
    // A package is often looked at where it is installed, with the framework beside it.
    var folders = options.packagePath.map { RawPath($0) }
    let siteNames: Set<[UInt8]> = [Array("site-packages".utf8), Array("dist-packages".utf8)]
    if let root = files.resolved(discovery.root) {
      for folder in [root, root.parent] where siteNames.contains(folder.name) { folders.append(folder) }
    }
    for folder in folders where result.fastAPI == nil || result.pydantic == nil {
      let names = ((try? files.entries(of: folder)) ?? []).map { String(decoding: $0.name, as: UTF8.self) }
      result.take(
        installedVersion("fastapi", among: names), installedVersion("pydantic", among: names), from: folder.display)
    }
    return result
  }

  private mutating func take(_ fastAPI: String?, _ pydantic: String?, from source: String) {
    if self.fastAPI == nil, let fastAPI { self.fastAPI = Fact(version: fastAPI, source: source) }
    if self.pydantic == nil, let pydantic { self.pydantic = Fact(version: pydantic, source: source) }
  }

  /// `0.115.6` of `fastapi-0.115.6.dist-info`
  /// (https://packaging.python.org/en/latest/specifications/recording-installed-packages/).
  private static func installedVersion(_ package: String, among names: [String]) -> String? {
    for name in names.sorted() where name.hasSuffix(".dist-info") && name.lowercased().hasPrefix(package + "-") {
      return String(name.dropFirst(package.count + 1).dropLast(".dist-info".count))
    }
    return nil
  }

  // MARK: Files that pin

  private struct PinningFile {
    var shown: String
    var location: RawPath
    var kind: PinnedVersions.Kind
    /// Folders between it and the root; those above the root count as further away than any below.
    var distance: Int
  }

  /// In the order in which they are believed.
  private static func pinningFiles(_ discovery: Discovery, files: any FileSystem) -> [PinningFile] {
    var found: [PinningFile] = []
    for file in discovery.files where file.role == .production {
      guard let kind = PinnedVersions.Kind(name: file.location.name) else { continue }
      found.append(
        PinningFile(
          shown: file.path, location: file.location, kind: kind, distance: file.path.utf8.count { $0 == 0x2F }))
    }
    // The path may be a package inside of the project: what pins then lies above, up to the top of the repository.
    if var folder = files.resolved(discovery.root) {
      var distance = FileDiscovery.maximumDepth
      while files.status(of: folder.appending(".git"), followingLinks: true) == nil,
        distance < FileDiscovery.maximumDepth + 8, folder.parent != folder
      {
        folder = folder.parent
        distance += 1
        for entry in ((try? files.entries(of: folder)) ?? []).sorted(by: { $0.name.lexicographicallyPrecedes($1.name) })
        where entry.type == .regular {
          guard let kind = PinnedVersions.Kind(name: entry.name) else { continue }
          let place = folder.appending(entry.name)
          found.append(PinningFile(shown: place.display, location: place, kind: kind, distance: distance))
        }
      }
      // Without a repository around, the folders above are nobody's project.
      if files.status(of: folder.appending(".git"), followingLinks: true) == nil {
        found.removeAll { $0.distance > FileDiscovery.maximumDepth + 1 }
      }
    }
    return found.enumerated().sorted {
      ($0.element.kind.rank, $0.element.distance, $0.offset) < ($1.element.kind.rank, $1.element.distance, $1.offset)
    }.map(\.element)
  }
}

/// The exact versions that a file names of the two packages that matter here. Anything else in it is passed over.
enum PinnedVersions {
  enum Kind: Sendable {
    /// `poetry.lock`, `uv.lock`, `pdm.lock`, `pylock.toml` (PEP 751): tables with `name` and `version`.
    case tables
    case pipfileLock
    case requirements
    case pyproject

    init?(name: [UInt8]) {
      let lower = String(decoding: name, as: UTF8.self).lowercased()
      switch lower {
      case "poetry.lock", "uv.lock", "pdm.lock", "pylock.toml": self = .tables
      case "pipfile.lock": self = .pipfileLock
      case "pyproject.toml": self = .pyproject
      default:
        if lower.hasPrefix("pylock."), lower.hasSuffix(".toml") {
          self = .tables
        } else if FileKind(name: name) == .requirements, lower.hasSuffix(".txt") {
          self = .requirements
        } else {
          return nil
        }
      }
    }

    var rank: Int {
      switch self {
      case .tables, .pipfileLock: 0
      case .requirements: 1
      case .pyproject: 2
      }
    }
  }

  private static let packages: Set<String> = ["fastapi", "pydantic"]

  static func read(_ bytes: [UInt8], kind: Kind) -> [String: String] {
    switch kind {
    case .tables: readTables(bytes)
    case .pipfileLock: readPipfileLock(bytes)
    case .requirements: readRequirements(bytes)
    case .pyproject: readProject(bytes)
    }
  }

  /// `name = "fastapi"` and `version = "0.115.6"` between two headers of tables.
  private static func readTables(_ bytes: [UInt8]) -> [String: String] {
    var found: [String: String] = [:]
    var name: String?
    for line in bytes.split(separator: 0x0A) {
      if line.first == UInt8(ascii: "[") {
        name = nil
      } else if let value = value(of: "name", in: line) {
        name = packages.contains(value) ? value : nil
      } else if let package = name, found[package] == nil, let value = value(of: "version", in: line) {
        found[package] = version(value)
      }
    }
    return found
  }

  private static func value(of key: String, in line: ArraySlice<UInt8>) -> String? {
    guard line.starts(with: key.utf8) else { return nil }
    let text = String(decoding: line, as: UTF8.self).dropFirst(key.count).drop { $0 == " " }
    guard text.hasPrefix("=") else { return nil }
    let quoted = text.dropFirst().drop { $0 == " " }
    guard let quote = quoted.first, quote == "\"" || quote == "'" else { return nil }
    return String(quoted.dropFirst().prefix { $0 != quote })
  }

  private static func readPipfileLock(_ bytes: [UInt8]) -> [String: String] {
    guard let document = try? JSONValue(parsing: bytes), let section = document["default"] else { return [:] }
    var found: [String: String] = [:]
    for package in packages {
      guard let text = section[package]?["version"]?.string, text.hasPrefix("==") else { continue }
      found[package] = version(text.dropFirst(2))
    }
    return found
  }

  /// `fastapi[standard]==0.115.6 ; python_version > "3.8"`, a requirement a line (PEP 508).
  private static func readRequirements(_ bytes: [UInt8]) -> [String: String] {
    var found: [String: String] = [:]
    for line in bytes.split(separator: 0x0A) { take(String(decoding: line, as: UTF8.self), into: &found) }
    return found
  }

  private static func take(_ requirement: String, into found: inout [String: String]) {
    var rest = requirement.drop { $0 == " " || $0 == "\t" }
    let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == "." }.lowercased()
    guard packages.contains(name), found[name] == nil else { return }
    rest = rest.dropFirst(name.count).drop { $0 == " " }
    if rest.hasPrefix("[") { rest = rest.drop { $0 != "]" }.dropFirst().drop { $0 == " " } }
    for operation in ["===", "=="] where rest.hasPrefix(operation) {
      found[name] = version(rest.dropFirst(operation.count).drop { $0 == " " })
      return
    }
  }

  /// `project.dependencies` (PEP 621) and the table of Poetry.
  private static func readProject(_ bytes: [UInt8]) -> [String: String] {
    guard let document = try? TOML.parse(bytes) else { return [:] }
    var found: [String: String] = [:]
    for element in document["project"]?.table?["dependencies"]?.array ?? [] {
      if let text = element.string { take(text, into: &found) }
    }
    let poetry = document["tool"]?.table?["poetry"]?.table?["dependencies"]?.table
    for package in packages where found[package] == nil {
      let value = poetry?[package]
      // A bare version of Poetry is exact; `^` and `~` are ranges.
      if let text = value?.string ?? value?.table?["version"]?.string {
        found[package] = version(text.drop { $0 == "=" || $0 == " " })
      }
    }
    return found
  }

  /// The text when it is one version and no range.
  private static func version(_ text: some StringProtocol) -> String? {
    let version = text.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || ".!+-_*".contains($0)) }
    guard version.first?.isNumber == true, !version.contains("*") else { return nil }
    return String(version)
  }
}
