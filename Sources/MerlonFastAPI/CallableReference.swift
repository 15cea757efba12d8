import MerlonAPI
import MerlonBase
import MerlonProgram
import MerlonPython

/// Where a callable is defined: partials and `functools.wraps` wrappers are looked through; an instance gives its
/// class, a bound method the method.
struct CallableReference {
  /// What stands under partials and wrappers.
  let innermost: PythonValue
  let kind: Dependency.Kind
  let reference: CodeReference

  init(_ value: PythonValue, _ interpreter: Interpreter) {
    let innermost = Self.innermost(value, interpreter)
    self.innermost = innermost
    (kind, reference) = Self.describe(innermost, interpreter)
  }

  /// `module.qualifiedName`.
  var fullName: String { reference.fullName }

  // MARK: Looking through

  static func innermost(_ value: PythonValue, _ interpreter: Interpreter) -> PythonValue {
    var current = settled(value)
    for _ in 0..<50 {
      guard let inner = partialFunction(current, interpreter) ?? wrapped(current, interpreter) else { break }
      current = settled(inner)
    }
    return current
  }

  /// The function of a `functools.partial`; nil for other values.
  static func partialFunction(_ value: PythonValue, _ interpreter: Interpreter) -> PythonValue? {
    guard case .instance(let instance) = value, interpreter.isSubclass(instance.type, of: "functools.partial") else {
      return nil
    }
    return instance.attributes["func"] ?? instance.arguments.positional.first
  }

  private static func wrapped(_ value: PythonValue, _ interpreter: Interpreter) -> PythonValue? {
    let inner: PythonValue?
    switch value {
    case .function(let function): inner = function.attributes["__wrapped__"]
    case .method(let method): return wrapped(method.function, interpreter)
    case .instance(let instance): inner = instance.attributes["__wrapped__"]
    case .classObject(let object): inner = object.namespace["__wrapped__"]
    default: inner = nil
    }
    guard let inner else { return nil }
    switch inner {
    case .unknown, .none: return nil
    default: return inner
    }
  }

  /// The first known choice where a condition is not known.
  static func settled(_ value: PythonValue) -> PythonValue {
    guard case .either(let choices) = value else { return value }
    return choices.first {
      switch $0 {
      case .unknown, .none: false
      default: true
      }
    } ?? choices.first ?? value
  }

  // MARK: Naming

  private static func describe(
    _ value: PythonValue, _ interpreter: Interpreter
  ) -> (Dependency.Kind, CodeReference) {
    switch value {
    case .function(let function): return (.function, reference(to: function))
    case .method(let method):
      guard case .function(let function) = settled(method.function) else {
        return (.method, describe(method.function, interpreter).1)
      }
      return (function.kind == .staticMethod ? .function : .method, reference(to: function))
    case .classObject(let object): return (.class, reference(to: object))
    case .instance(let instance):
      guard case .classObject(let object) = settled(instance.type) else {
        return (.instance, named(TypeName.canonical(of: instance.type) ?? "object"))
      }
      return (.instance, reference(to: object))
    case .generic(let generic):
      // A parametrised model is a class; other parametrised classes are objects of `typing`.
      if interpreter.isSubclass(generic.origin, of: TypeShape.model), case .classObject(let object) = generic.origin {
        var result = reference(to: object)
        result.qualifiedName = TypeText(interpreter: interpreter).text(of: value)
        return (.class, result)
      }
      return (.instance, CodeReference(module: "typing", qualifiedName: "_GenericAlias"))
    case .library(let name): return (.function, named(name))
    case .native(let function): return (.function, named(function.name))
    case .unknown(let unknown):
      return (.function, CodeReference(module: "", qualifiedName: unknown.text, location: unknown.site?.location))
    default: return (.function, CodeReference(module: "", qualifiedName: PythonText.representation(of: value)))
    }
  }

  private static func reference(to function: FunctionObject) -> CodeReference {
    var result = CodeReference(module: function.module.name, qualifiedName: function.qualifiedName)
    if case .string(let name)? = function.attributes["__qualname__"] { result.qualifiedName = name }
    if case .string(let name)? = function.attributes["__module__"] { result.module = name }
    if let module = function.module.module { place(function.node, in: module, &result) }
    return result
  }

  static func reference(to object: ClassObject) -> CodeReference {
    var result = CodeReference(module: object.moduleName, qualifiedName: object.qualifiedName)
    // Decorators give a class that stands for another one its names.
    if case .string(let name)? = object.namespace["__qualname__"] { result.qualifiedName = name }
    if case .string(let name)? = object.namespace["__module__"] { result.module = name }
    if let module = object.module?.module, !object.node.isNone { place(object.node, in: module, &result) }
    return result
  }

  private static func place(_ node: NodeID, in module: Module, _ reference: inout CodeReference) {
    let tree = module.tree
    let location = module.location(node)
    reference.location = location
    var first = location.start.line
    let decorators: ListID? =
      switch tree.kind(node) {
      case .functionDef, .asyncFunctionDef: tree.functionDef(node).decorators
      case .classDef: tree.classDef(node).decorators
      default: nil
      }
    if let decorators {
      for decorator in tree[decorators] { first = min(first, tree.position(tree.range(decorator).start).line) }
    }
    reference.firstLine = first
  }

  /// A dotted name of a library: a capitalised part before the last one is a class.
  private static func named(_ name: String) -> CodeReference {
    let parts = name.split(separator: ".").map(String.init)
    guard let last = parts.last else { return CodeReference(module: "", qualifiedName: name) }
    var qualified = [last]
    var module = Array(parts.dropLast())
    while module.count > 1, let owner = module.last, owner.first?.isUppercase == true {
      qualified.insert(owner, at: 0)
      module.removeLast()
    }
    if module.isEmpty { module = ["builtins"] }
    return CodeReference(module: module.joined(separator: "."), qualifiedName: qualified.joined(separator: "."))
  }
}

extension PythonValue {
  /// Tells objects with identity apart; nil for plain values.
  var identity: ObjectIdentifier? {
    switch self {
    case .list(let object), .set(let object): ObjectIdentifier(object)
    case .dictionary(let object): ObjectIdentifier(object)
    case .function(let object): ObjectIdentifier(object)
    case .method(let object): ObjectIdentifier(object)
    case .classObject(let object): ObjectIdentifier(object)
    case .instance(let object): ObjectIdentifier(object)
    case .module(let object): ObjectIdentifier(object)
    case .generic(let object): ObjectIdentifier(object)
    case .native(let object): ObjectIdentifier(object)
    default: nil
    }
  }
}
