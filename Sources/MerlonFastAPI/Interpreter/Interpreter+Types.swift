import MerlonProgram
import MerlonPython

extension Interpreter {
  // MARK: Annotations

  /// An annotation as a type; one that is written as a string is read as code.
  func evaluateAnnotation(_ annotation: NodeID, in frame: Frame) -> PythonValue {
    let outer = (raised, handlers)
    (raised, handlers) = (nil, [])
    defer { (raised, handlers) = outer }
    let value = evaluate(annotation, in: frame)
    if case .string(let text) = value { return evaluate(text: text, in: frame) ?? .unknown(UnknownObject(text: text)) }
    return value
  }

  /// The value of code in a string; nil when it is no expression.
  func evaluate(text: String, in frame: Frame) -> PythonValue? {
    guard text.utf8.count < 4_000 else { return nil }
    let tree: Tree
    if let known = parsedTexts[text] {
      tree = known
    } else {
      tree = PythonParser.parse(Array("(\(text))".utf8))
      parsedTexts[text] = tree
    }
    guard tree.diagnostics.isEmpty, let statement = tree.elements(tree.root).first, tree.kind(statement) == .expr else {
      return nil
    }
    let scope = Frame(enclosing: frame, tree: tree)
    return evaluate(tree.value(statement), in: scope)
  }

  /// The annotation of a class, evaluated in the frame of its body.
  func evaluate(_ annotation: ClassAnnotation, of type: ClassObject) -> PythonValue {
    if let made = annotation.value { return made }
    guard let frame = type.bodyFrame else { return .unknown(UnknownObject(text: annotation.name)) }
    return evaluateAnnotation(annotation.annotation, in: frame)
  }

  /// The class of the objects that an annotation allows; nil when there is none or several.
  func instanceType(_ annotation: PythonValue) -> PythonValue? {
    switch TypeForm(annotation) {
    case .named, .parametrized: return annotation
    case .annotated(let inner, _): return instanceType(inner)
    case .union(let members):
      let types = members.filter { if case .none = TypeForm($0) { false } else { true } }
      return types.count == 1 ? types.first.flatMap { instanceType($0) } : nil
    default: return nil
    }
  }

  func isType(_ value: PythonValue) -> Bool {
    switch value {
    case .classObject, .generic, .typeParameter, .none: true
    case .library(let name):
      TypeName.last(name).first?.isUppercase ?? false || name.hasPrefix("builtins.") || name.hasPrefix("datetime.")
        || ["collections.deque", "collections.defaultdict", "array.array"].contains(name)
    case .string: false
    case .instance(let object): object.type.isLibrary("typing.NewType")
    case .unknown(let unknown): TypeName.last(unknown.text).first?.isUppercase ?? false
    default: false
    }
  }

  func union(_ left: PythonValue, _ right: PythonValue) -> PythonValue {
    .generic(GenericObject(origin: .library("types.UnionType"), arguments: [left, right]))
  }

  /// `__annotations__` of a function.
  func annotations(of function: FunctionObject) -> PythonValue {
    let result = DictionaryObject()
    let layout = function.layout ?? FunctionLayout(function.node, function.enclosing.tree)
    let frame = function.annotationFrame ?? function.enclosing
    for parameter in layout.parameters where !parameter.annotation.isNone {
      set(
        .string(parameter.name),
        function.annotations[parameter.name] ?? evaluateAnnotation(parameter.annotation, in: frame), in: result)
    }
    if !layout.returns.isNone {
      set(
        .string("return"), function.annotations["return"] ?? evaluateAnnotation(layout.returns, in: frame), in: result)
    }
    return .dictionary(result)
  }

  /// `__annotations__` of a class: one dictionary, so that code may add to it.
  func annotations(of type: ClassObject) -> PythonValue {
    if let known = type.annotationTable, known.entries.count == type.annotations.count { return .dictionary(known) }
    let table = DictionaryObject(type.annotations.map { (.string($0.name), evaluate($0, of: type)) })
    type.annotationTable = table
    return .dictionary(table)
  }

  /// The docstring of a definition.
  func documentation(_ node: NodeID, _ tree: Tree?) -> PythonValue {
    guard let tree, !node.isNone else { return .none }
    let body: ListID
    switch tree.kind(node) {
    case .functionDef, .asyncFunctionDef: body = tree.functionDef(node).body
    case .classDef: body = tree.classDef(node).body
    default: return .none
    }
    guard let first = tree[body].first, tree.kind(first) == .expr, let text = tree.stringValue(tree.value(first)) else {
      return .none
    }
    return .string(text)
  }

  // MARK: Signatures

  /// `inspect.signature` of a callable: wrappers (`__wrapped__`), partials, methods, classes (`__init__`) and instances
  /// (`__call__`) as FastAPI reads them. String annotations are evaluated. Nil when nothing is known.
  func signature(of callable: PythonValue) -> Signature? { signature(of: callable, depth: 0) }

  private func signature(of callable: PythonValue, depth: Int) -> Signature? {
    guard depth < 40 else { return nil }
    switch CallableReference.settled(callable) {
    case .function(let function):
      if let given = function.attributes["__signature__"], let made = signature(fromObject: given) { return made }
      if let wrapped = function.attributes["__wrapped__"], !wrapped.isUnknown {
        return signature(of: wrapped, depth: depth + 1)
      }
      return ownSignature(of: function)
    case .method(let method):
      guard var result = signature(of: method.function, depth: depth + 1) else { return nil }
      if case .function(let function) = method.function, function.kind == .staticMethod { return result }
      if let first = result.parameters.first, first.kind == .positionalOnly || first.kind == .positionalOrKeyword {
        result.parameters.removeFirst()
      }
      return result
    case .classObject(let type):
      if let given = type.namespace["__signature__"], let made = signature(fromObject: given) { return made }
      for name in ["__init__", "__new__"] {
        guard let found = find(name, in: type), case .function = found.value else { continue }
        guard var result = signature(of: found.value, depth: depth + 1) else { return nil }
        if !result.parameters.isEmpty { result.parameters.removeFirst() }
        return result
      }
      return isClosed(type) ? Signature() : nil
    case .instance(let object):
      if object.type.isLibrary("functools.partial") { return partialSignature(object, depth: depth) }
      if let given = object.attributes["__signature__"], let made = signature(fromObject: given) { return made }
      if let wrapped = object.attributes["__wrapped__"], !wrapped.isUnknown {
        return signature(of: wrapped, depth: depth + 1)
      }
      guard case .classObject = object.type, let call = attribute("__call__", of: callable) else { return nil }
      return signature(of: call, depth: depth + 1)
    case .generic(let generic): return signature(of: generic.origin, depth: depth + 1)
    default: return nil
    }
  }

  private func ownSignature(of function: FunctionObject) -> Signature {
    let layout = function.layout ?? FunctionLayout(function.node, function.enclosing.tree)
    function.layout = layout
    let frame = function.annotationFrame ?? function.enclosing
    var result = Signature()
    result.function = function
    let given: DictionaryObject?
    if case .dictionary(let dictionary)? = function.attributes["__annotations__"] {
      given = dictionary
    } else {
      given = nil
    }
    func annotation(_ name: String, _ node: NodeID) -> PythonValue? {
      if let given { return value(for: .string(name), in: given) }
      if let known = function.annotations[name] { return known }
      return node.isNone ? nil : evaluateAnnotation(node, in: frame)
    }
    for parameter in layout.parameters {
      result.parameters.append(
        Signature.Parameter(
          name: parameter.name, kind: parameter.kind, annotation: annotation(parameter.name, parameter.annotation),
          defaultValue: function.defaults[parameter.name],
          site: function.module.module.map { Site(module: $0, node: parameter.node) }))
    }
    result.returnAnnotation = annotation("return", layout.returns)
    return result
  }

  private func partialSignature(_ object: InstanceObject, depth: Int) -> Signature? {
    guard let function = object.attributes["func"] ?? object.arguments.positional.first,
      var result = signature(of: function, depth: depth + 1)
    else { return nil }
    for _ in object.arguments.positional.dropFirst() where !result.parameters.isEmpty {
      if result.parameters[0].kind == .variadic { break }
      result.parameters.removeFirst()
    }
    for keyword in object.arguments.keywords {
      guard let index = result.parameters.firstIndex(where: { $0.name == keyword.name }) else { continue }
      // What stands behind a keyword that is bound can only be given by name.
      for later in result.parameters.indices
      where later >= index && result.parameters[later].kind == .positionalOrKeyword {
        result.parameters[later].kind = .keywordOnly
      }
      result.parameters[index].defaultValue = keyword.value
    }
    return result
  }

  /// An `inspect.Signature` object as code builds one.
  private func signature(fromObject value: PythonValue) -> Signature? {
    guard case .instance(let object) = value, object.type.isLibrary("inspect.Signature") else { return nil }
    var result = Signature()
    let parameters: [PythonValue]
    switch object.attributes["parameters"] ?? object.arguments.positional.first ?? .none {
    case .dictionary(let dictionary): parameters = dictionary.entries.map(\.value)
    case let other: parameters = iterate(other, site: nil).elements
    }
    for case .instance(let parameter) in parameters {
      guard let name = (parameter.attributes["name"] ?? parameter.arguments.positional.first)?.text else { continue }
      let kind =
        parameter.attributes["kind"] ?? parameter.arguments["kind"] ?? parameter.arguments.positional.dropFirst().first
      result.parameters.append(
        Signature.Parameter(
          name: name, kind: kind.map(Self.parameterKind) ?? .positionalOrKeyword,
          annotation: present(parameter.attributes["annotation"] ?? parameter.arguments["annotation"]),
          defaultValue: present(parameter.attributes["default"] ?? parameter.arguments["default"]), site: nil))
    }
    result.returnAnnotation = present(object.attributes["return_annotation"] ?? object.arguments["return_annotation"])
    return result
  }

  private func present(_ value: PythonValue?) -> PythonValue? {
    guard let value else { return nil }
    if case .sentinel = value { return nil }
    return value
  }

  private static func parameterKind(_ value: PythonValue) -> Signature.Kind {
    guard case .sentinel(let name) = value else { return .positionalOrKeyword }
    switch TypeName.last(name) {
    case "POSITIONAL_ONLY": return .positionalOnly
    case "VAR_POSITIONAL": return .variadic
    case "KEYWORD_ONLY": return .keywordOnly
    case "VAR_KEYWORD": return .keywordVariadic
    default: return .positionalOrKeyword
    }
  }

  /// The object that `inspect.signature` gives to code.
  func signatureObject(_ signature: Signature) -> PythonValue {
    let parameters = DictionaryObject()
    for parameter in signature.parameters {
      let kind =
        switch parameter.kind {
        case .positionalOnly: "POSITIONAL_ONLY"
        case .positionalOrKeyword: "POSITIONAL_OR_KEYWORD"
        case .variadic: "VAR_POSITIONAL"
        case .keywordOnly: "KEYWORD_ONLY"
        case .keywordVariadic: "VAR_KEYWORD"
        }
      set(
        .string(parameter.name),
        .instance(
          InstanceObject(
            type: .library("inspect.Parameter"),
            attributes: [
              "name": .string(parameter.name), "kind": .sentinel("inspect.Parameter." + kind),
              "annotation": parameter.annotation ?? .sentinel("inspect._empty"),
              "default": parameter.defaultValue ?? .sentinel("inspect._empty"),
            ])), in: parameters)
    }
    return .instance(
      InstanceObject(
        type: .library("inspect.Signature"),
        attributes: [
          "parameters": .dictionary(parameters),
          "return_annotation": signature.returnAnnotation ?? .sentinel("inspect._empty"),
        ]))
  }
}
