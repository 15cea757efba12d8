import MerlonProgram
import MerlonPython

/// The builtin classes of one interpreter.
final class BuiltinTypes {
  private(set) var classes: [String: ClassObject] = [:]
  /// Builtin names that are classes or constants.
  private(set) var names: [String: PythonValue] = [:]
  let object: ClassObject

  init() {
    object = ClassObject(name: "object", qualifiedName: "object", moduleName: "builtins", module: nil, node: .none)
    object.order = [.classObject(object)]
    classes["object"] = object
    for (name, base) in Self.hierarchy {
      let type = ClassObject(name: name, qualifiedName: name, moduleName: "builtins", module: nil, node: .none)
      let parent = classes[base] ?? object
      type.bases = [.classObject(parent)]
      type.order = [.classObject(type)] + parent.order.filter { !$0.isSame(as: .classObject(object)) }
      classes[name] = type
    }
    for (name, type) in classes where name != "NoneType" { names[name] = .classObject(type) }
    names["Ellipsis"] = .ellipsis
    names["NotImplemented"] = .sentinel("NotImplemented")
    names["__debug__"] = .bool(true)
    names["EnvironmentError"] = names["OSError"]
    names["IOError"] = names["OSError"]
  }

  func type(_ name: String) -> PythonValue { .classObject(classes[name] ?? object) }

  func isBuiltinContainer(_ value: PythonValue) -> Bool {
    guard case .classObject(let type) = value else { return false }
    return type.moduleName == "builtins"
      && ["dict", "list", "set", "frozenset", "str", "tuple", "int"].contains(type.name)
  }

  /// Parents in front of their children.
  private static let hierarchy: [(String, String)] = [
    ("type", "object"), ("int", "object"), ("bool", "int"), ("float", "object"), ("complex", "object"),
    ("str", "object"), ("bytes", "object"), ("bytearray", "object"), ("memoryview", "object"), ("list", "object"),
    ("tuple", "object"), ("set", "object"), ("frozenset", "object"), ("dict", "object"), ("NoneType", "object"),
    ("slice", "object"), ("BaseException", "object"), ("Exception", "BaseException"),
    ("BaseExceptionGroup", "BaseException"), ("ExceptionGroup", "BaseExceptionGroup"),
    ("KeyboardInterrupt", "BaseException"), ("SystemExit", "BaseException"), ("GeneratorExit", "BaseException"),
    ("ArithmeticError", "Exception"), ("ZeroDivisionError", "ArithmeticError"), ("OverflowError", "ArithmeticError"),
    ("AssertionError", "Exception"), ("AttributeError", "Exception"), ("BufferError", "Exception"),
    ("EOFError", "Exception"), ("ImportError", "Exception"), ("ModuleNotFoundError", "ImportError"),
    ("LookupError", "Exception"), ("IndexError", "LookupError"), ("KeyError", "LookupError"),
    ("MemoryError", "Exception"), ("NameError", "Exception"), ("UnboundLocalError", "NameError"),
    ("OSError", "Exception"), ("ConnectionError", "OSError"), ("BrokenPipeError", "ConnectionError"),
    ("ConnectionRefusedError", "ConnectionError"), ("ConnectionResetError", "ConnectionError"),
    ("FileExistsError", "OSError"), ("FileNotFoundError", "OSError"), ("PermissionError", "OSError"),
    ("TimeoutError", "OSError"), ("IsADirectoryError", "OSError"), ("NotADirectoryError", "OSError"),
    ("ReferenceError", "Exception"), ("RuntimeError", "Exception"), ("NotImplementedError", "RuntimeError"),
    ("RecursionError", "RuntimeError"), ("StopIteration", "Exception"), ("StopAsyncIteration", "Exception"),
    ("SyntaxError", "Exception"), ("SystemError", "Exception"), ("TypeError", "Exception"),
    ("ValueError", "Exception"), ("UnicodeError", "ValueError"), ("UnicodeDecodeError", "UnicodeError"),
    ("UnicodeEncodeError", "UnicodeError"), ("Warning", "Exception"), ("UserWarning", "Warning"),
    ("DeprecationWarning", "Warning"), ("RuntimeWarning", "Warning"), ("FutureWarning", "Warning"),
    ("PendingDeprecationWarning", "Warning"), ("ResourceWarning", "Warning"), ("SyntaxWarning", "Warning"),
    ("ImportWarning", "Warning"), ("UnicodeWarning", "Warning"), ("BytesWarning", "Warning"),
  ]
}

/// What calling a builtin class gives.
enum BuiltinConstructors {
  static func make(_ type: ClassObject, _ arguments: CallArguments, _ interpreter: Interpreter, _ site: Site?)
    -> PythonValue
  {
    let first = arguments.positional.first
    switch type.name {
    case "str":
      guard let first else { return .string("") }
      let (text, isTemplate) = interpreter.formatted(first)
      return interpreter.template(text, isTemplate: isTemplate)
    case "int":
      guard let first else { return .integer(0) }
      if let number = first.integer { return .integer(number) }
      if case .double(let number) = first, number.magnitude < 1e15 { return .integer(Int(number)) }
      if let text = first.text, let number = Int(text.filter { $0 != "_" && $0 != " " }) { return .integer(number) }
      return interpreter.unknown(site, type: .classObject(type))
    case "float":
      guard let first else { return .double(0) }
      if let number = Arithmetic.number(first) { return .double(number) }
      if let text = first.text, let number = Double(text) { return .double(number) }
      return interpreter.unknown(site, type: .classObject(type))
    case "bool":
      guard let first else { return .bool(false) }
      return interpreter.truth(first).map { .bool($0) } ?? interpreter.unknown(site, type: .classObject(type))
    case "list":
      let (elements, isOpen) = first.map { interpreter.iterate($0, site: site) } ?? ([], false)
      return .list(ListObject(elements, isOpen: isOpen))
    case "tuple":
      let (elements, isOpen) = first.map { interpreter.iterate($0, site: site) } ?? ([], false)
      return isOpen ? .list(ListObject(elements, isOpen: true)) : .tuple(elements)
    case "set", "frozenset":
      let (elements, isOpen) = first.map { interpreter.iterate($0, site: site) } ?? ([], false)
      let result = ListObject([], isOpen: isOpen)
      for element in elements { interpreter.insert(element, into: result) }
      return .set(result)
    case "dict":
      let result = DictionaryObject([], isOpen: arguments.isOpen)
      if let first { interpreter.update(result, with: first) }
      for keyword in arguments.keywords { interpreter.set(.string(keyword.name), keyword.value, in: result) }
      return .dictionary(result)
    case "bytes": return first.flatMap { $0.text }.map { .bytes(Array($0.utf8)) } ?? .bytes([])
    case "object":
      return .instance(InstanceObject(type: .classObject(type), site: interpreter.userSite(site)))
    case "type": return makeType(arguments, interpreter, site)
    default:
      let object = InstanceObject(type: .classObject(type), site: interpreter.userSite(site), arguments: arguments)
      object.attributes["args"] = .tuple(arguments.positional)
      return .instance(object)
    }
  }

  /// `type(x)` and `type(name, bases, namespace)`.
  private static func makeType(_ arguments: CallArguments, _ interpreter: Interpreter, _ site: Site?) -> PythonValue {
    guard arguments.positional.count == 3, let name = arguments.positional[0].text else {
      return arguments.positional.first.map { interpreter.type(of: $0) } ?? interpreter.unknown(site)
    }
    let user = interpreter.userSite(site)
    let module = user.flatMap { interpreter.projectModules[$0.module.id] }
    var moduleName = module?.name ?? ""
    var entries: [(String, PythonValue)] = []
    if case .dictionary(let dictionary) = arguments.positional[2] {
      entries = dictionary.entries.compactMap { entry in entry.key.text.map { ($0, entry.value) } }
    }
    if let own = entries.first(where: { $0.0 == "__module__" })?.1.text { moduleName = own }
    let type = ClassObject(name: name, qualifiedName: name, moduleName: moduleName, module: module, node: .none)
    type.bases = interpreter.iterate(arguments.positional[1], site: site).elements
    type.order = interpreter.linearized(type)
    let frame = Frame(enclosing: module?.frame, module: module, kind: .classBody)
    frame.classObject = type
    type.bodyFrame = frame
    for (key, value) in entries {
      if key == "__annotations__" {
        if case .dictionary(let annotations) = value {
          for entry in annotations.entries {
            guard let field = entry.key.text else { continue }
            type.annotations.append(ClassAnnotation(name: field, annotation: .none, value: entry.value))
          }
        }
      } else {
        type.namespace[key] = value
      }
    }
    interpreter.finish(type)
    return .classObject(type)
  }
}
