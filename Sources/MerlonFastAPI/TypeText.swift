/// The text of a type in short normal form: `str | None`, `list[Item]`, `Literal['a']`.
///
/// `Optional` and `Union` become `X | Y`, aliases of `typing` the classes that they stand for, `Annotated` loses its
/// metadata, and classes are named without their module.
struct TypeText {
  let interpreter: Interpreter

  func text(of value: PythonValue, depth: Int = 0) -> String {
    guard depth < 40 else { return "..." }
    if case .ellipsis = value { return "..." }
    if case .list(let list) = value { return "[" + joined(list.elements, depth) + "]" }
    switch TypeForm(value) {
    case .none: return "None"
    case .any: return "Any"
    case .forward(let text): return text
    case .variable(let parameter): return parameter.name
    case .annotated(let inner, _): return text(of: inner, depth: depth + 1)
    case .union(let members): return members.map { text(of: $0, depth: depth + 1) }.joined(separator: " | ")
    case .literal(let values): return "Literal[" + values.map(literal).joined(separator: ", ") + "]"
    case .named(let name): return named(value, name)
    case .parametrized(let origin, let name, let arguments):
      return parametrized(origin, name, arguments, depth)
    case .other(let value): return other(value)
    }
  }

  private func joined(_ values: [PythonValue], _ depth: Int) -> String {
    values.map { text(of: $0, depth: depth + 1) }.joined(separator: ", ")
  }

  private func named(_ value: PythonValue, _ name: String) -> String {
    if case .classObject(let object) = first(value) { return object.qualifiedName }
    return TypeName.last(name)
  }

  /// The first choice where a condition is not known.
  private func first(_ value: PythonValue) -> PythonValue {
    guard case .either(let choices) = value else { return value }
    return choices.first { if case .unknown = $0 { false } else { true } } ?? value
  }

  private func parametrized(
    _ origin: PythonValue, _ name: String, _ arguments: [PythonValue], _ depth: Int
  ) -> String {
    if case .classObject(let object) = origin {
      if interpreter.isSubclass(origin, of: "pydantic.main.BaseModel") {
        if isOwnParameters(arguments, of: object) { return object.qualifiedName }
        return object.name + "[" + arguments.map { display($0, depth: depth + 1) }.joined(separator: ", ") + "]"
      }
      return arguments.isEmpty ? object.name : object.name + "[" + joined(arguments, depth) + "]"
    }
    let short = TypeName.last(name)
    return arguments.isEmpty ? short : short + "[" + joined(arguments, depth) + "]"
  }

  /// `Page[T]` with the class's own variable is the class itself.
  private func isOwnParameters(_ arguments: [PythonValue], of object: ClassObject) -> Bool {
    !arguments.isEmpty && arguments.count == object.typeParameters.count
      && zip(arguments, object.typeParameters).allSatisfy { TypeName.isSame($0, $1) }
  }

  private func other(_ value: PythonValue) -> String {
    switch value {
    case .function(let function): return function.qualifiedName
    case .instance(let instance):
      // `NewType` and the like keep their name.
      if case .string(let name)? = instance.attributes["__qualname__"] ?? instance.attributes["__name__"] {
        return name
      }
      if TypeName.canonical(of: instance.type) == "typing.NewType",
        case .string(let name)? = instance.arguments.positional.first
      {
        return name
      }
      return TypeName.canonical(of: instance.type).map(TypeName.last) ?? "Any"
    case .unknown(let unknown):
      let text = unknown.text
      let isDotted = text.utf8.allSatisfy { byte in
        byte == 0x2E || byte == 0x5F || byte >= 0x80 || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte)
      }
      return isDotted ? TypeName.last(text) : text
    case .module(let module): return module.name
    default: return PythonText.representation(of: value)
    }
  }

  private func literal(_ value: PythonValue) -> String {
    if let member = PythonText.enumerationMember(value, interpreter) { return member }
    return PythonText.representation(of: value)
  }

  // MARK: Names of parametrised models

  /// How Pydantic writes an argument in the name of a parametrised model (`pydantic._internal._repr.display_as_type`).
  private func display(_ value: PythonValue, depth: Int) -> String {
    guard depth < 40 else { return "..." }
    if case .ellipsis = value { return "..." }
    if case .list(let list) = value {
      return "[" + list.elements.map { display($0, depth: depth + 1) }.joined(separator: ", ") + "]"
    }
    func all(_ values: [PythonValue]) -> String {
      values.map { display($0, depth: depth + 1) }.joined(separator: ", ")
    }
    switch TypeForm(value) {
    case .none: return "NoneType"
    case .any: return "Any"
    case .forward(let text): return "ForwardRef('\(text)')"
    case .variable(let parameter): return "~" + parameter.name
    case .union(let members): return "Union[" + all(members) + "]"
    case .literal(let values):
      return "Literal[" + values.map { PythonText.representation(of: $0) }.joined(separator: ", ") + "]"
    case .annotated(let inner, let metadata):
      let classes = metadata.map { item in
        if case .instance(let object) = item {
          TypeName.canonical(of: object.type).map(TypeName.last) ?? "object"
        } else {
          display(item, depth: depth + 1)
        }
      }
      return "Annotated[" + ([display(inner, depth: depth + 1)] + classes).joined(separator: ", ") + "]"
    case .named(let name): return named(value, name)
    case .parametrized(let origin, let name, let arguments):
      if case .classObject(let object) = origin, interpreter.isSubclass(origin, of: "pydantic.main.BaseModel") {
        return parametrized(.classObject(object), name, arguments, depth)
      }
      let short = TypeName.typingName(of: origin) ?? TypeName.last(name)
      return arguments.isEmpty ? short : short + "[" + all(arguments) + "]"
    case .other(let value): return other(value)
    }
  }
}
