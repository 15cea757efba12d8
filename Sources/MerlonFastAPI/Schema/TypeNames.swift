import MerlonProgram

extension PythonValue {
  /// Dotted name of a class or library object in the form of `TypeName.canonical`; nil for what has no name.
  var typeName: String? {
    switch self {
    case .none: "None"
    case .sentinel(let name): name
    default: TypeName.canonical(of: self)
    }
  }

  /// The generic behind a subscripted type.
  var genericValue: GenericObject? {
    guard case .generic(let generic) = self else { return nil }
    return generic
  }

  var classValue: ClassObject? {
    guard case .classObject(let type) = self else { return nil }
    return type
  }

  var instanceValue: InstanceObject? {
    guard case .instance(let instance) = self else { return nil }
    return instance
  }

  var stringValue: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  var boolValue: Bool? {
    guard case .bool(let flag) = self else { return nil }
    return flag
  }

  var intValue: Int? {
    guard case .integer(let number) = self else { return nil }
    return number
  }

  var dictionaryValue: DictionaryObject? {
    guard case .dictionary(let object) = self else { return nil }
    return object
  }

  /// Elements of a list, tuple or set.
  var sequenceValue: [PythonValue]? {
    switch self {
    case .list(let list), .set(let list): list.elements
    case .tuple(let elements): elements
    default: nil
    }
  }

  var isNull: Bool {
    if case .none = self { return true }
    return false
  }

  /// Whether a type is `None` or `NoneType`.
  var isNoneType: Bool { typeName == "None" || typeName == "NoneType" || typeName == "types.NoneType" }

  /// `PydanticUndefined`, `_Unset`, `inspect.Parameter.empty`, `...` and the like: an argument that was not given.
  var isUnset: Bool {
    switch self {
    case .ellipsis: return true
    case .sentinel(let name):
      let last = name.split(separator: ".").last.map(String.init) ?? name
      return ["PydanticUndefined", "Undefined", "_Unset", "empty", "_empty", "MISSING", "Unset", "UndefinedType"]
        .contains(last)
    case .library(let name):
      let last = name.split(separator: ".").last.map(String.init) ?? name
      return ["PydanticUndefined", "Undefined", "_Unset", "_empty", "MISSING"].contains(last)
    case .instance(let instance):
      return ["UndefinedType", "PydanticUndefinedType", "_Unset", "_MISSING_TYPE"]
        .contains(instance.type.typeName?.split(separator: ".").last.map(String.init) ?? "")
    default: return false
    }
  }

  /// The value itself, or the first of several that are possible: documents state one.
  var settled: PythonValue {
    guard case .either(let values) = self else { return self }
    return values.first { value in
      if case .unknown = value { return false }
      return true
    } ?? self
  }
}

/// What Pydantic writes for a type in the names of parametrised models: `_repr.display_as_type`.
enum TypeDisplay {
  static func text(_ type: PythonValue, depth: Int = 0) -> String {
    guard depth < 12 else { return "..." }
    switch type {
    case .none: return "NoneType"
    case .ellipsis: return "..."
    case .string(let text): return text
    case .classObject(let type): return type.qualifiedName
    case .library: return type.typeName.map(TypeName.last) ?? ""
    case .typeParameter(let parameter):
      return parameter.kind == .typeVariable ? "~" + parameter.name : parameter.name
    case .function(let function): return function.name
    case .generic(let generic): return text(generic, depth: depth)
    case .list(let list): return "[" + list.elements.map { text($0, depth: depth + 1) }.joined(separator: ", ") + "]"
    case .instance(let instance): return text(instance.type, depth: depth + 1)
    case .sentinel(let name): return String(name.split(separator: ".").last ?? "")
    default: return type.typeName?.split(separator: ".").last.map(String.init) ?? "Any"
    }
  }

  private static func text(_ generic: GenericObject, depth: Int) -> String {
    let name = generic.origin.typeName ?? ""
    var arguments = generic.arguments.map { text($0, depth: depth + 1) }
    switch name {
    case "typing.Union", "types.UnionType": return "Union[" + arguments.joined(separator: ", ") + "]"
    case "typing.Optional": return "Union[" + arguments.joined(separator: ", ") + ", NoneType]"
    case "typing.Literal":
      arguments = generic.arguments.map(literal)
      return "Literal[" + arguments.joined(separator: ", ") + "]"
    case "typing.Annotated":
      // `str()` of the alias, which shows the metadata by `repr`; only its identity matters here.
      return "Annotated[" + arguments.joined(separator: ", ") + "]"
    default:
      return text(generic.origin, depth: depth + 1) + "[" + arguments.joined(separator: ", ") + "]"
    }
  }

  private static func literal(_ value: PythonValue) -> String {
    switch value {
    case .none: "None"
    case .bool(let flag): flag ? "True" : "False"
    case .integer(let number): String(number)
    case .string(let text): "'" + text + "'"
    default: text(value)
    }
  }
}

/// Tells types apart by what they are, not by which object denotes them: `list[int]` written twice is one type.
final class TypeIdentity {
  private var numbers: [ObjectIdentifier: Int] = [:]
  /// Objects stay alive so that their identifiers are not used again.
  private var kept: [AnyObject] = []

  func key(_ type: PythonValue, depth: Int = 0) -> String {
    guard depth < 24 else { return "…" }
    switch type {
    case .none: return "None"
    case .bool(let flag): return flag ? "True" : "False"
    case .integer(let number): return String(number)
    case .double(let number): return String(number)
    case .string(let text): return "'" + text + "'"
    case .ellipsis: return "..."
    case .sentinel(let name), .library(let name): return name
    case .classObject(let type): return type.fullName + "#" + number(type)
    case .generic(let generic):
      let arguments = generic.arguments.map { key($0, depth: depth + 1) }.joined(separator: ",")
      return key(generic.origin, depth: depth + 1) + "[" + arguments + "]"
    case .tuple(let elements): return "(" + elements.map { key($0, depth: depth + 1) }.joined(separator: ",") + ")"
    case .list(let list): return "[" + list.elements.map { key($0, depth: depth + 1) }.joined(separator: ",") + "]"
    case .typeParameter(let parameter): return "~" + parameter.name + "#" + number(parameter)
    case .instance(let instance): return "i#" + number(instance)
    case .function(let function): return "f#" + number(function)
    case .module(let module): return "m#" + number(module)
    default: return TypeDisplay.text(type)
    }
  }

  func number(_ object: AnyObject) -> String {
    if let number = numbers[ObjectIdentifier(object)] { return String(number) }
    let number = numbers.count
    numbers[ObjectIdentifier(object)] = number
    kept.append(object)
    return String(number)
  }
}
