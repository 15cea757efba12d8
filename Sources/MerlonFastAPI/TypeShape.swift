/// The questions that the framework asks about annotations to find a parameter's place (`fastapi._compat.shared`).
struct TypeShape {
  let interpreter: Interpreter

  /// `lenient_issubclass`: false for everything but classes.
  func isSubclass(_ value: PythonValue, of names: [String]) -> Bool {
    guard let type = classValue(value) else { return false }
    return names.contains { interpreter.isSubclass(type, of: $0) }
  }

  /// The class that a value denotes; the class behind a parametrised model, which is a class of its own.
  private func classValue(_ value: PythonValue) -> PythonValue? {
    switch TypeForm(value) {
    case .named:
      if case .either(let choices) = value {
        return choices.first { if case .unknown = $0 { false } else { true } }
      }
      return value
    case .parametrized(let origin, _, _):
      return interpreter.isSubclass(origin, of: Self.model) ? origin : nil
    default: return nil
    }
  }

  static let model = "pydantic.main.BaseModel"
  static let uploadFile = "starlette.datastructures.UploadFile"

  // MARK: Sequences and scalars

  func isSequence(_ value: PythonValue) -> Bool {
    switch TypeForm(value) {
    case .annotated(let inner, _): isSequence(inner)
    case .union(let members): members.contains { isSequence($0) }
    case .parametrized(let origin, let name, _): isSequenceClass(origin, name)
    case .named(let name): isSequenceClass(value, name)
    default: false
    }
  }

  private func isSequenceClass(_ value: PythonValue, _ name: String) -> Bool {
    if Self.sequences.contains(name) { return true }
    if Self.texts.contains(name) || Self.mappings.contains(name) { return false }
    if Self.texts.contains(where: { interpreter.isSubclass(value, of: $0) }) { return false }
    return Self.sequences.contains { interpreter.isSubclass(value, of: $0) }
      || interpreter.isSubclass(value, of: "typing.NamedTuple")
  }

  func isComplex(_ value: PythonValue) -> Bool {
    switch TypeForm(value) {
    case .union(let members): members.contains { isComplex($0) }
    case .annotated(let inner, _): isComplex(inner)
    case .parametrized(let origin, let name, _):
      isComplexClass(origin, name) || hasOwnSchema(origin)
    case .named(let name): isComplexClass(value, name)
    default: false
    }
  }

  func isScalar(_ value: PythonValue) -> Bool {
    if case .ellipsis = value { return true }
    return !isComplex(value)
  }

  private func isComplexClass(_ value: PythonValue, _ name: String) -> Bool {
    if Self.mappings.contains(name) || isSequenceClass(value, name) { return true }
    if Self.knownScalars.contains(name) { return false }
    for base in [Self.model, Self.uploadFile, "dict", "collections.abc.Mapping", "typing.TypedDict"]
    where interpreter.isSubclass(value, of: base) {
      return true
    }
    return isDataclass(value) || isProbablyModel(value, name)
  }

  /// Classes decorated with `dataclass`, and classes below them.
  func isDataclass(_ value: PythonValue) -> Bool {
    guard case .classObject(let object) = value else { return false }
    for ancestor in object.order {
      guard case .classObject(let ancestor) = ancestor else { continue }
      if ancestor.decorators.contains(where: { TypeName.last($0.name) == "dataclass" }) { return true }
      if ancestor.namespace["__dataclass_fields__"] != nil { return true }
    }
    return false
  }

  private func hasOwnSchema(_ origin: PythonValue) -> Bool {
    guard case .classObject(let object) = origin else { return false }
    return object.order.contains { ancestor in
      guard case .classObject(let ancestor) = ancestor else { return false }
      return ancestor.namespace["__get_pydantic_core_schema__"] != nil
        || ancestor.namespace["__pydantic_core_schema__"] != nil
    }
  }

  /// A class of a library whose source is not there: what applications put unmarked into signatures is a model then,
  /// because scalar types come from the standard library and from Pydantic.
  private func isProbablyModel(_ value: PythonValue, _ name: String) -> Bool {
    guard case .library = value, let first = TypeName.last(name).unicodeScalars.first, name.contains(".") else {
      return false
    }
    let package = name.prefix { $0 != "." }
    return first.properties.isUppercase && !Self.scalarPackages.contains(String(package))
  }

  /// Scalars, or sequences of scalars.
  func isScalarSequence(_ value: PythonValue) -> Bool {
    switch TypeForm(value) {
    case .annotated(let inner, _): return isScalarSequence(inner)
    case .union(let members):
      var found = false
      for member in members {
        if isScalarSequence(member) {
          found = true
        } else if !isScalar(member) {
          return false
        }
      }
      return found
    case .parametrized(_, _, let arguments): return isSequence(value) && arguments.allSatisfy { isScalar($0) }
    case .named: return isSequence(value)
    default: return false
    }
  }

  // MARK: Files and bytes

  func isUploadFile(_ value: PythonValue) -> Bool { isOrHas(value, [Self.uploadFile]) }
  func isUploadFileSequence(_ value: PythonValue) -> Bool { isSequence(value, of: [Self.uploadFile]) }
  func isBytes(_ value: PythonValue) -> Bool { isOrHas(value, ["bytes"]) }
  func isBytesSequence(_ value: PythonValue) -> Bool { isSequence(value, of: ["bytes"]) }

  private func isOrHas(_ value: PythonValue, _ names: [String]) -> Bool {
    switch TypeForm(value) {
    case .named: isSubclass(value, of: names)
    case .union(let members): members.contains { isSubclass($0, of: names) }
    default: false
    }
  }

  private func isSequence(_ value: PythonValue, of names: [String]) -> Bool {
    switch TypeForm(value) {
    case .union(let members): members.contains { isSequence($0, of: names) }
    case .parametrized(_, _, let arguments): isSequence(value) && arguments.allSatisfy { isOrHas($0, names) }
    case .named: isSequence(value)
    default: false
    }
  }

  // MARK: Names

  private static let texts = ["str", "bytes"]
  private static let sequences: [String] = [
    "list", "tuple", "set", "frozenset", "collections.deque", "collections.abc.Sequence",
    "collections.abc.MutableSequence",
  ]
  private static let mappings: Set<String> = [
    "dict", "collections.OrderedDict", "collections.defaultdict", "collections.Counter", "collections.ChainMap",
    "collections.abc.Mapping", "collections.abc.MutableMapping", "types.MappingProxyType",
  ]
  private static let knownScalars: Set<String> = ["str", "bytes", "int", "float", "bool", "complex", "object"]
  /// Packages whose classes are single values, or no parameters at all.
  private static let scalarPackages: Set<String> = [
    "abc", "annotated_types", "asyncio", "builtins", "collections", "contextlib", "dataclasses", "datetime", "decimal",
    "email", "enum", "fastapi", "fractions", "functools", "http", "inspect", "io", "ipaddress", "json", "logging",
    "numbers", "os", "pathlib", "pendulum", "phonenumbers", "pydantic", "pydantic_core", "pydantic_extra_types", "re",
    "socket", "ssl", "starlette", "string", "subprocess", "tempfile", "threading", "time", "types", "typing",
    "typing_extensions", "urllib", "uuid", "yarl", "zoneinfo", "bson", "ulid",
  ]
}
