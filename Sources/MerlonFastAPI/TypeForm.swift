/// A type taken apart as `typing.get_origin` and `typing.get_args` do.
enum TypeForm {
  case none
  /// `typing.Any`, and what has no annotation.
  case any
  /// Members of `X | Y`, `Union` and `Optional`, nested ones flattened, each once.
  case union([PythonValue])
  case literal([PythonValue])
  /// `Annotated[T, …]`, nested ones flattened.
  case annotated(PythonValue, metadata: [PythonValue])
  /// `list[int]`, `Page[Item]`; `name` is the canonical dotted name of the origin, without `builtins.`.
  case parametrized(origin: PythonValue, name: String, arguments: [PythonValue])
  /// A class, or a name of a library that stands for one, by canonical dotted name.
  case named(String)
  /// A reference that stays text: `list["Item"]`.
  case forward(String)
  case variable(TypeParameterObject)
  case other(PythonValue)

  init(_ value: PythonValue) {
    self = Self.take(apart: value, depth: 0)
  }

  private static func take(apart value: PythonValue, depth: Int) -> TypeForm {
    guard depth < 50 else { return .other(value) }
    switch value {
    case .none: return .none
    case .string(let text): return .forward(text)
    case .sentinel: return .any
    case .either(let choices):
      // Annotations differ by branch only where an import has a fallback: the first is what a current Python takes.
      let known = choices.first { if case .unknown = $0 { false } else { true } }
      return known.map { take(apart: $0, depth: depth + 1) } ?? .other(value)
    case .classObject, .library, .native: return named(value)
    case .typeParameter(let parameter):
      if parameter.kind == .alias, let aliased = parameter.value() { return take(apart: aliased, depth: depth + 1) }
      return .variable(parameter)
    case .generic(let generic): return take(apart: generic, value: value, depth: depth)
    default: return .other(value)
    }
  }

  private static func named(_ value: PythonValue) -> TypeForm {
    guard let name = TypeName.canonical(of: value) else { return .other(value) }
    switch name {
    case "typing.Any": return .any
    case "types.NoneType", "NoneType", "None": return .none
    default:
      if let constrained = PydanticTypes.constrained(name) {
        return .annotated(constrained.base, metadata: constrained.metadata)
      }
      return .named(name)
    }
  }

  private static func take(apart generic: GenericObject, value: PythonValue, depth: Int) -> TypeForm {
    guard let name = TypeName.canonical(of: generic.origin) else {
      if case .typeParameter(let parameter) = generic.origin, parameter.kind == .alias, let aliased = parameter.value()
      {
        let table = Substitution(parameters: parameter.parameters, arguments: generic.arguments)
        return take(apart: table.apply(to: aliased), depth: depth + 1)
      }
      // A subscripted alias of a type variable's own form (`Result = Union[T, None]`; `Result[int]`).
      if case .generic = generic.origin {
        let parameters = Substitution.variables(in: generic.origin)
        if !parameters.isEmpty {
          let table = Substitution(parameters: parameters, arguments: generic.arguments)
          return take(apart: table.apply(to: generic.origin), depth: depth + 1)
        }
        return take(apart: generic.origin, depth: depth + 1)
      }
      return .other(value)
    }
    let arguments = generic.arguments
    switch name {
    case "typing.Optional": return flattened(arguments.prefix(1) + [.none])
    case "typing.Union", "types.UnionType": return flattened(arguments)
    case "typing.Literal": return .literal(literals(arguments))
    case "typing.Annotated":
      guard let first = arguments.first else { return .any }
      let metadata = Array(arguments.dropFirst())
      if case .annotated(let inner, let innerMetadata) = shallow(first) {
        return .annotated(inner, metadata: innerMetadata + metadata)
      }
      return .annotated(first, metadata: metadata)
    case "typing.Required", "typing.NotRequired", "typing.ReadOnly":
      return arguments.first.map { take(apart: $0, depth: depth + 1) } ?? .any
    default:
      if PydanticTypes.isTransparent(name), let first = arguments.first {
        return .annotated(first, metadata: [.library(name)])
      }
      return .parametrized(origin: generic.origin, name: name, arguments: arguments)
    }
  }

  /// `value` taken apart when it is an `Annotated` itself; aliases of `type` statements are not looked through.
  private static func shallow(_ value: PythonValue) -> TypeForm {
    guard case .generic(let generic) = value, TypeName.canonical(of: generic.origin) == "typing.Annotated" else {
      return .other(value)
    }
    return take(apart: value, depth: 1)
  }

  private static func flattened(_ members: some Sequence<PythonValue>) -> TypeForm {
    var flat: [PythonValue] = []
    for member in members {
      var parts = [member]
      if case .generic(let generic) = member,
        let name = TypeName.canonical(of: generic.origin),
        name == "typing.Optional" || name == "typing.Union" || name == "types.UnionType"
      {
        if case .union(let inner) = TypeForm(member) { parts = inner }
      }
      for part in parts where !flat.contains(where: { TypeName.isSame($0, part) }) { flat.append(part) }
    }
    if flat.count == 1, let only = flat.first { return TypeForm(only) }
    return .union(flat)
  }

  private static func literals(_ values: [PythonValue]) -> [PythonValue] {
    var flat: [PythonValue] = []
    for value in values {
      var parts = [value]
      if case .literal(let inner) = TypeForm(value) { parts = inner }
      for part in parts where !flat.contains(where: { TypeName.isSame($0, part) }) { flat.append(part) }
    }
    return flat
  }
}

/// Puts types in the place of type variables.
struct Substitution {
  let parameters: [PythonValue]
  let arguments: [PythonValue]

  func apply(to value: PythonValue, depth: Int = 0) -> PythonValue {
    guard depth < 30 else { return value }
    switch value {
    case .typeParameter:
      for (parameter, argument) in zip(parameters, arguments) where TypeName.isSame(parameter, value) {
        return argument
      }
      return value
    case .generic(let generic):
      return .generic(
        GenericObject(
          origin: generic.origin, arguments: generic.arguments.map { apply(to: $0, depth: depth + 1) }))
    case .list(let list): return .list(ListObject(list.elements.map { apply(to: $0, depth: depth + 1) }))
    default: return value
    }
  }

  /// The type variables of a type in order of their first place.
  static func variables(in value: PythonValue, depth: Int = 0) -> [PythonValue] {
    guard depth < 30 else { return [] }
    switch value {
    case .typeParameter(let parameter): return parameter.kind == .alias ? [] : [value]
    case .generic(let generic):
      var found: [PythonValue] = []
      for argument in generic.arguments {
        for variable in variables(in: argument, depth: depth + 1)
        where !found.contains(where: { TypeName.isSame($0, variable) }) {
          found.append(variable)
        }
      }
      return found
    default: return []
    }
  }
}
