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

  init(
    fastAPIVersion: FrameworkVersion = .newestFastAPI, pydanticVersion: FrameworkVersion = .newestPydantic,
    stepLimit: Int = 20_000_000, depthLimit: Int = 200
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
/// Never fails: what can't be carried out gives `unknown` and, where it matters, a limit.
final class Interpreter {
  let program: Program
  let options: InterpreterOptions
  /// What could not be followed.
  var limits: [Limit] = []

  init(program: Program, options: InterpreterOptions) {
    self.program = program
    self.options = options
  }

  /// The module after its body was run; the same object each time.
  func run(_ module: Module) -> ModuleObject {
    ModuleObject(name: module.name, module: module, frame: Frame(enclosing: nil, module: nil))
  }

  /// The module that `import name` gives, run; nil for libraries without source.
  func importModule(_ name: String) -> ModuleObject? { nil }

  /// Calls a value; `site` is the call expression, nil when there is none.
  func call(_ callee: PythonValue, _ arguments: CallArguments, at site: Site? = nil) -> PythonValue {
    .unknown(UnknownObject(text: "call"))
  }

  /// `getattr`; nil when the attribute certainly does not exist.
  func attribute(_ name: String, of value: PythonValue) -> PythonValue? { nil }

  /// An expression in the names of a frame.
  func evaluate(_ expression: NodeID, in frame: Frame) -> PythonValue { .unknown(UnknownObject(text: "")) }

  /// `inspect.signature` of a callable: wrappers (`__wrapped__`), partials, methods, classes (`__init__`) and instances
  /// (`__call__`) as FastAPI reads them. String annotations are evaluated. Nil when nothing is known.
  func signature(of callable: PythonValue) -> Signature? { nil }

  /// `issubclass` by dotted name, through classes of the project, runtime models and libraries.
  func isSubclass(_ type: PythonValue, of name: String) -> Bool { false }

  /// The annotation of a class, evaluated in the frame of its body.
  func evaluate(_ annotation: ClassAnnotation, of type: ClassObject) -> PythonValue {
    .unknown(UnknownObject(text: annotation.name))
  }
}
