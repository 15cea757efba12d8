import MerlonBase
import MerlonProgram
import MerlonPython

/// What an expression yields when the code that builds an application is run on paper.
///
/// The domain is Python's own: containers, functions, classes and instances have identity, so that a router which two
/// modules share is one object here too. What the interpreter can't know is `unknown`, with the text that stands there.
/// Types are values like others: `list[int]` is a `generic`, `Annotated[int, Query()]` a `generic` whose arguments hold
/// an instance. Values belong to one `Interpreter` and one thread.
enum PythonValue {
  case none
  case bool(Bool)
  case integer(Int)
  case double(Double)
  case string(String)
  case bytes([UInt8])
  case ellipsis
  /// `NotImplemented`, `inspect.Parameter.empty` and other one-of-a-kind objects, by dotted name.
  case sentinel(String)
  case list(ListObject)
  case tuple([PythonValue])
  case set(ListObject)
  case dictionary(DictionaryObject)
  case function(FunctionObject)
  /// A function read through an instance or class; `owner` is the class that defines it.
  case method(MethodObject)
  case classObject(ClassObject)
  case instance(InstanceObject)
  case module(ModuleObject)
  /// A thing of a library without source, by canonical dotted name; whether class, function or value is not known.
  case library(String)
  /// A subscripted type: `list[int]`, `Optional[str]` (origin `typing.Optional`), `Annotated[…]`, `Page[Item]`.
  /// `int | None` is a generic of `types.UnionType`. Literal's arguments are plain values.
  case generic(GenericObject)
  /// A type variable, a `ParamSpec`, or an alias of a `type` statement.
  case typeParameter(TypeParameterObject)
  /// A function that the interpreter itself carries out.
  case native(NativeFunction)
  /// One of several, where a condition is not known; never nested, never empty, no `unknown` beside two others.
  case either([PythonValue])
  case unknown(UnknownObject)
}

/// A list or set. `isOpen` says that more elements may be there than are known.
final class ListObject {
  var elements: [PythonValue]
  var isOpen: Bool

  init(_ elements: [PythonValue], isOpen: Bool = false) {
    self.elements = elements
    self.isOpen = isOpen
  }
}

/// A dictionary, in order of insertion.
final class DictionaryObject {
  var entries: [(key: PythonValue, value: PythonValue)]
  var isOpen: Bool
  /// What makes the value of a missing key (`defaultdict`).
  var factory: PythonValue?
  /// Positions of text keys, brought up to date when asked for.
  var positions: [String: Int] = [:]
  var indexedCount = -1

  init(_ entries: [(key: PythonValue, value: PythonValue)] = [], isOpen: Bool = false) {
    self.entries = entries
    self.isOpen = isOpen
  }
}

/// A `def` or `lambda` that was carried out: code, the names around it, and its evaluated defaults.
final class FunctionObject {
  let module: ModuleObject
  /// `FunctionDef`, `AsyncFunctionDef` or `Lambda`.
  let node: NodeID
  let name: String
  /// PEP 3155: `create_app.<locals>.root`.
  let qualifiedName: String
  /// The names that it sees: those of the frame in which `def` was carried out.
  let enclosing: Frame
  /// Defaults by parameter name.
  var defaults: [String: PythonValue]
  /// What was stored on the function object: `__wrapped__`, `__signature__`, marks of decorators.
  var attributes: [String: PythonValue]
  /// The class in whose body it stands.
  weak var ownerClass: ClassObject?
  var kind: Kind
  /// Its parameters, read when it is first called.
  var layout: FunctionLayout?
  /// Where its annotations are evaluated: the frame in which `def` was carried out.
  var annotationFrame: Frame?
  /// Annotations that were evaluated at once, by parameter name and `return`.
  var annotations: [String: PythonValue] = [:]
  /// What it has returned, for functions behind `lru_cache`.
  var cache: FunctionCache?

  enum Kind { case plain, staticMethod, classMethod, property }

  init(
    module: ModuleObject, node: NodeID, name: String, qualifiedName: String, enclosing: Frame,
    defaults: [String: PythonValue] = [:]
  ) {
    self.module = module
    self.node = node
    self.name = name
    self.qualifiedName = qualifiedName
    self.enclosing = enclosing
    self.defaults = defaults
    self.attributes = [:]
    self.ownerClass = nil
    self.kind = .plain
  }
}

final class MethodObject {
  let function: PythonValue
  /// The instance, or the class for class methods.
  let receiver: PythonValue

  init(function: PythonValue, receiver: PythonValue) {
    self.function = function
    self.receiver = receiver
  }
}

/// A class of the project, of a runtime model, or of a library that was read.
final class ClassObject {
  let name: String
  let qualifiedName: String
  /// Dotted name of the module that defines it.
  let moduleName: String
  /// Nil for builtin classes.
  let module: ModuleObject?
  /// The class statement; none for builtin classes and those made by a call (`type(…)`, `create_model`).
  let node: NodeID
  /// As written: generics (`Base[int]`) stay generics.
  var bases: [PythonValue]
  /// Itself first (C3); library classes without source appear as `library`.
  var order: [PythonValue]
  /// What the body bound, in order of first binding.
  var namespace: OrderedNamespace
  /// Annotations of the body in order, evaluated late so that forward references resolve.
  var annotations: [ClassAnnotation]
  /// Arguments of the class statement (`metaclass=`, `table=True`).
  var keywords: [String: PythonValue]
  var typeParameters: [PythonValue]
  /// The frame of the body, in which annotations are evaluated; nil for builtin classes.
  var bodyFrame: Frame?
  /// `__annotations__`, once that was asked.
  var annotationTable: DictionaryObject?
  /// Whether it is an enumeration, once that was asked.
  var isEnumeration: Bool?
  /// What decorators left: their dotted names with the arguments, innermost first (`dataclasses.dataclass`).
  var decorators: [(name: String, arguments: CallArguments)]

  init(name: String, qualifiedName: String, moduleName: String, module: ModuleObject?, node: NodeID) {
    self.name = name
    self.qualifiedName = qualifiedName
    self.moduleName = moduleName
    self.module = module
    self.node = node
    self.bases = []
    self.order = []
    self.namespace = OrderedNamespace()
    self.annotations = []
    self.keywords = [:]
    self.typeParameters = []
    self.bodyFrame = nil
    self.decorators = []
  }

  var fullName: String { moduleName == "builtins" ? name : moduleName + "." + qualifiedName }
}

/// `name: annotation` in a class body.
struct ClassAnnotation {
  var name: String
  var annotation: NodeID
  /// The type itself, for classes that a call made.
  var value: PythonValue?
}

/// Names with values, in order of first binding.
struct OrderedNamespace {
  private(set) var names: [String] = []
  private var values: [String: PythonValue] = [:]

  subscript(name: String) -> PythonValue? {
    get { values[name] }
    set {
      if let newValue {
        if values.updateValue(newValue, forKey: name) == nil { names.append(name) }
      } else if values.removeValue(forKey: name) != nil {
        names.removeAll { $0 == name }
      }
    }
  }
}

/// An object that a class made.
final class InstanceObject {
  /// A `ClassObject`, or a `library` name when the class has no source.
  let type: PythonValue
  var attributes: [String: PythonValue]
  /// The call that made it, for places in reports; nil when the interpreter itself made it.
  let site: Site?
  /// The arguments of that call, for library classes whose construction can't be followed.
  var arguments: CallArguments
  /// Texts of the unknown conditions under which it was made, outermost first.
  var conditions: [String] = []
  /// Names of attributes in the order in which they were stored.
  var attributeOrder: [String] = []

  init(
    type: PythonValue, attributes: [String: PythonValue] = [:], site: Site? = nil, arguments: CallArguments = .init()
  ) {
    self.type = type
    self.attributes = attributes
    self.site = site
    self.arguments = arguments
  }
}

/// A module that is being run, or was.
final class ModuleObject {
  let name: String
  /// Nil for namespace packages.
  let module: Module?
  let frame: Frame
  var isComplete = false
  /// Bodies of `if TYPE_CHECKING`, run when a name is looked up in vain.
  private var deferred: [ListID] = []
  /// Submodules that were imported.
  var submodules: [String: ModuleObject] = [:]

  init(name: String, module: Module?, frame: Frame) {
    self.name = name
    self.module = module
    self.frame = frame
  }

  /// `__package__`: the module's own name for packages, else that of the package around.
  var packageName: String {
    if module?.isPackage ?? true { return name }
    return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? ""
  }

  func deferBody(_ body: ListID) { deferred.append(body) }

  func takeDeferred() -> [ListID] {
    defer { deferred = [] }
    return deferred
  }
}

final class GenericObject {
  let origin: PythonValue
  let arguments: [PythonValue]

  init(origin: PythonValue, arguments: [PythonValue]) {
    self.origin = origin
    self.arguments = arguments
  }
}

final class TypeParameterObject {
  enum Kind { case typeVariable, parameterSpecification, typeVariableTuple, alias }

  let name: String
  let kind: Kind
  /// Bound of a type variable, or the value of an alias, evaluated when asked for.
  let value: () -> PythonValue?
  /// Parameters of a generic alias.
  let parameters: [PythonValue]

  init(name: String, kind: Kind, parameters: [PythonValue] = [], value: @escaping () -> PythonValue?) {
    self.name = name
    self.kind = kind
    self.parameters = parameters
    self.value = value
  }
}

/// A builtin or modelled function that Swift code carries out.
final class NativeFunction {
  typealias Body = (Interpreter, CallArguments, Site?) -> PythonValue
  /// Dotted name: `builtins.isinstance`, `functools.wraps`.
  let name: String
  let body: Body
  /// The arguments that a decorator was called with.
  var given: CallArguments?

  init(name: String, body: @escaping Body) {
    self.name = name
    self.body = body
  }
}

/// A value that can't be known before run time.
final class UnknownObject {
  private let givenText: String?
  let site: Site?
  /// Its class, where an annotation or a model says so (`type[T]` for a class itself is a generic of `type`).
  let type: PythonValue?
  /// True when the text is that of a string of which parts are known: `/api/{?settings.version}/items`.
  let isTemplate: Bool

  init(text: String, site: Site? = nil, type: PythonValue? = nil, isTemplate: Bool = false) {
    self.givenText = text
    self.site = site
    self.type = type
    self.isTemplate = isTemplate
  }

  /// An unknown whose text is the code at `site`.
  init(site: Site, type: PythonValue? = nil) {
    self.givenText = nil
    self.site = site
    self.type = type
    self.isTemplate = false
  }

  /// The code that yields it, shortened, for placeholders and limits: `settings.prefix`.
  private(set) lazy var text: String = givenText ?? site?.text ?? "?"
}

/// A place in the code that is run.
struct Site {
  let module: Module
  let node: NodeID

  var location: SourceLocation { module.location(node) }

  /// The code in one line of at most 80 characters.
  var text: String { Site.text(node, module.tree) }
}

/// Arguments of a call, evaluated.
struct CallArguments {
  var positional: [PythonValue] = []
  var keywords: [(name: String, value: PythonValue)] = []
  /// True when `*x` or `**x` of unknown content was among them.
  var isOpen = false

  subscript(name: String) -> PythonValue? { keywords.last { $0.name == name }?.value }
}

/// `inspect.Signature`, with annotations and defaults evaluated.
struct Signature {
  enum Kind { case positionalOnly, positionalOrKeyword, variadic, keywordOnly, keywordVariadic }

  struct Parameter {
    var name: String
    var kind: Kind
    /// Nil when there is none.
    var annotation: PythonValue?
    /// Nil when there is none.
    var defaultValue: PythonValue?
    /// The parameter in the code.
    var site: Site?
  }

  var parameters: [Parameter] = []
  /// Nil when there is none; `.none` for `-> None`.
  var returnAnnotation: PythonValue?
  /// The function that the signature was read from, wrappers and partials looked through.
  var function: FunctionObject?
}
