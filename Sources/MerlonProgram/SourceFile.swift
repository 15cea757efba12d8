public import MerlonPython

/// What a file is for; only production code is reported on by default.
public enum FileRole: String, Sendable, Hashable, CaseIterable {
  case production, test, script, migration, example
}

/// One file of the project, as it was read from disk or handed over.
public struct SourceFile: Sendable {
  public enum Content: Sendable {
    /// The file's bytes, to be parsed.
    case bytes([UInt8])
    /// A tree that was parsed before.
    case tree(Tree)
  }

  /// Path relative to the scanned root, with `/` between the parts.
  public var path: String
  public var content: Content
  public var role: FileRole

  public init(path: String, content: Content, role: FileRole = .production) {
    self.path = path
    self.content = content
    self.role = role
  }

  public init(path: String, bytes: [UInt8], role: FileRole = .production) {
    self.init(path: path, content: .bytes(bytes), role: role)
  }

  public init(path: String, text: String, role: FileRole = .production) {
    self.init(path: path, content: .bytes(Array(text.utf8)), role: role)
  }
}

/// Choices of `Program.init`.
public struct ProgramOptions: Sendable {
  /// Threads that parse and index; at least 1. The result does not depend on it.
  public var threadCount: Int
  /// What is known of libraries.
  public var libraries: any LibraryKnowledge
  /// Packages of an interpreter, read when project code leads there; nil when none is known.
  public var installed: InstalledPackages?
  /// The package that the root itself is, outermost part first (`airflow`, `api_fastapi`); empty when it is none.
  public var rootPackage: [String]
  /// Reads a file of the project that is no code, by its path from the root, up to a number of bytes; nil when it is
  /// not there or larger.
  public var readFile: (@Sendable (_ path: String, _ limit: Int) -> [UInt8]?)?
  /// Whether results remember what they rested on (see `Program.recordingLooks`), which costs some time.
  public var tracksLooks = false

  public init(
    threadCount: Int = 1, libraries: any LibraryKnowledge = UnknownLibraries(), installed: InstalledPackages? = nil,
    rootPackage: [String] = [], readFile: (@Sendable (_ path: String, _ limit: Int) -> [UInt8]?)? = nil
  ) {
    self.threadCount = max(threadCount, 1)
    self.libraries = libraries
    self.installed = installed
    self.rootPackage = rootPackage
    self.readFile = readFile
  }
}

/// What the library models tell about names that the project does not define.
public protocol LibraryKnowledge: Sendable {
  /// The name under which the models describe a library symbol, for instance
  /// `starlette.middleware.cors.CORSMiddleware` for `fastapi.middleware.cors.CORSMiddleware`; unknown names as given.
  func canonicalName(_ name: String) -> String
  /// What a call of a function or method returns, by canonical name; nil when unknown. For classes, the instance.
  func returnType(ofCallable name: String) -> TypeReference?
  /// The type of an attribute or module variable (`starlette.requests.Request.headers`); nil when unknown.
  func attributeType(of name: String) -> TypeReference?
  /// Canonical names of the base classes of a library class, nearest first; nil when the class is unknown.
  func bases(ofClass name: String) -> [String]?
  /// True where a model tells what text the result of a call holds, so that its name need not be guessed from.
  func saysHowTextFlows(through name: String) -> Bool
}

extension LibraryKnowledge {
  public func bases(ofClass name: String) -> [String]? { nil }
  public func saysHowTextFlows(through name: String) -> Bool { false }
}

/// No knowledge of any library: names stay as they are written.
public struct UnknownLibraries: LibraryKnowledge {
  public init() {}
  public func canonicalName(_ name: String) -> String { name }
  public func returnType(ofCallable name: String) -> TypeReference? { nil }
  public func attributeType(of name: String) -> TypeReference? { nil }
}
