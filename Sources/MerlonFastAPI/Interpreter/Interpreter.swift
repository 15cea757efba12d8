import MerlonBase
import MerlonProgram
import MerlonPython

/// Choices of an `Interpreter`.
struct InterpreterOptions {
  /// Version of FastAPI that the project runs on.
  var fastAPIVersion: FrameworkVersion
  /// Version of Pydantic, likewise.
  var pydanticVersion: FrameworkVersion
  /// Most steps (statements and calls) in all; what lies beyond is a limit.
  var stepLimit: Int
  /// Deepest nesting of calls and imports.
  var depthLimit: Int
  /// Steps after which one function of the project, what it calls included, is not run again: what builds applications
  /// needs few, what computes can need any number.
  var functionStepLimit = 150_000

  init(
    fastAPIVersion: FrameworkVersion = .newestFastAPI, pydanticVersion: FrameworkVersion = .newestPydantic,
    stepLimit: Int = 6_000_000, depthLimit: Int = 200
  ) {
    self.fastAPIVersion = fastAPIVersion
    self.pydanticVersion = pydanticVersion
    self.stepLimit = stepLimit
    self.depthLimit = depthLimit
  }
}

/// `major.minor.patch` of a library.
struct FrameworkVersion: Comparable, Hashable, Sendable {
  var major: Int
  var minor: Int
  var patch: Int

  init(_ major: Int, _ minor: Int, _ patch: Int = 0) {
    self.major = major
    self.minor = minor
    self.patch = patch
  }

  /// Reads `0.136.3`, `0.65.2rc1`; nil for text that does not begin with a number.
  init?(_ text: String) {
    let parts = text.split(separator: ".").prefix(3).map { part in Int(part.prefix { $0.isASCII && $0.isNumber }) }
    guard let first = parts.first, let major = first else { return nil }
    self.init(major, parts.count > 1 ? parts[1] ?? 0 : 0, parts.count > 2 ? parts[2] ?? 0 : 0)
  }

  static let newestFastAPI = FrameworkVersion(0, 165, 0)
  static let newestPydantic = FrameworkVersion(2, 14, 3)

  static func < (left: FrameworkVersion, right: FrameworkVersion) -> Bool {
    (left.major, left.minor, left.patch) < (right.major, right.minor, right.patch)
  }

  var text: String { "\(major).\(minor).\(patch)" }
}

/// Runs the code that builds applications on paper: module bodies, factories and registration functions, in the order
/// of Python, with values that may be unknown.
///
/// Never fails: what can't be carried out gives `unknown` and, where it matters, a limit. An uncaught exception is taken
/// as a sign that a value is not what the interpreter thinks, because the application does start: the code behind goes
/// on, as if the `raise` was not reached.
final class Interpreter {
  let program: Program
  let options: InterpreterOptions
  /// What could not be followed.
  var limits: [Limit] = []
  /// Texts of the unknown conditions under which the code runs, outermost first.
  var currentConditions: [String] = []

  // MARK: State, see the extensions

  /// Modules by the way in which they were found.
  var projectModules: [ModuleID: ModuleObject] = [:]
  var libraryModules: [String: ModuleObject] = [:]
  var namespaceModules: [String: ModuleObject] = [:]
  /// Whether the project has modules below a dotted name.
  var projectNamespaces: [String: Bool] = [:]
  var librariesLookedUp: [String: PythonValue] = [:]
  var libraryDecisions: [String: Bool] = [:]
  /// Statements and calls so far, and where to stop: the total limit or that of one call that matters little.
  var steps = 0
  var stepBound: Int
  var depth = 0
  var stackBound: UInt = 0
  /// Bytes of the stack that may be used: threads of a pool have some 8 MiB, half a MiB in the worst case.
  var stackSize: UInt = 400 << 10
  var stackThread: UInt = 0
  /// The exception that is on its way to a handler.
  var raised: PythonValue?
  /// What the handlers of the `try` statements that run now catch.
  var handlers: [HandlerSet] = []
  /// True while a call whose budget is used up is left.
  var isStopping = false
  /// Writes under unknown conditions, to be joined or undone.
  var journals: [Journal] = []
  let builtins: BuiltinTypes
  let natives: [String: NativeFunction]
  /// Frames that closures keep, emptied at the end: values and frames refer to each other.
  var keptFrames: [Frame] = []
  var generatedNames = 0
  /// Subclasses of project classes, by identity, in order of definition.
  var subclasses: [ObjectIdentifier: [ClassObject]] = [:]
  var reportedLimits: Set<String> = []
  /// The runtime models as modules.
  let runtime = InstalledPackages(searchPath: ["runtime"]) { path in
    let relative = path.dropFirst("runtime/".count)
    var parts = relative.dropLast(".py".count).split(separator: "/")
    let isPackage = parts.last == "__init__"
    if isPackage { parts.removeLast() }
    guard relative.hasSuffix(".py"), let source = RuntimeModels.source(of: parts.joined(separator: ".")),
      source.path == relative
    else { return nil }
    return source.bytes
  }
  /// Calls in code of the project that are under way, outermost first.
  var projectSites: [Site] = []
  var activeCalls: [ObjectIdentifier: Int] = [:]
  /// Steps spent in functions of the project, by definition and module.
  var functionSteps: [UInt32: [String: Int]] = [:]
  var parsedTexts: [String: Tree] = [:]
  /// Values that stand in for what `merlon_runtime` assigns.
  var fixedNames: [String: PythonValue] = [:]
  var missingLibraries: [String: Bool] = [:]
  var subclassDecisions: [SubclassKey: Bool] = [:]

  init(program: Program, options: InterpreterOptions) {
    self.program = program
    self.options = options
    self.stepBound = options.stepLimit
    self.builtins = BuiltinTypes()
    self.natives = NativeTable.all
  }

  deinit {
    for frame in keptFrames { frame.clear() }
    for module in projectModules.values { module.frame.clear() }
    for module in libraryModules.values { module.frame.clear() }
  }

  /// Notes once that a budget ended the work early.
  func reportBudget(_ message: String, at site: Site? = nil) {
    let location = site?.location
    guard reportedLimits.count < 100,
      reportedLimits.insert("\(message) \(location?.path ?? "") \(location?.start.line ?? 0)").inserted
    else { return }
    limits.append(
      Limit(kind: "interpreter-budget", message: message, path: location?.path, position: location?.start))
  }

  /// True when there is room for one more level of calls, on the stack of this thread too.
  func canDescend() -> Bool {
    guard depth < options.depthLimit else { return false }
    return Stack.hasRoom(bound: &stackBound, thread: &stackThread, size: stackSize)
  }

  /// Counts one step; false when the budget is used up.
  func step() -> Bool {
    steps += 1
    guard steps > stepBound else { return !isStopping }
    isStopping = true
    return false
  }
}
