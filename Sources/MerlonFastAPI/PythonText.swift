/// Texts that Python itself would print for values.
enum PythonText {
  /// `repr` of a plain value; for others a short name.
  static func representation(of value: PythonValue) -> String {
    switch value {
    case .none: return "None"
    case .bool(let flag): return flag ? "True" : "False"
    case .integer(let number): return String(number)
    case .double(let number): return double(number)
    case .string(let text): return quoted(text)
    case .bytes(let bytes): return "b" + quoted(String(decoding: bytes, as: UTF8.self))
    case .ellipsis: return "Ellipsis"
    case .sentinel(let name): return TypeName.last(name)
    case .list(let list): return "[" + list.elements.map { representation(of: $0) }.joined(separator: ", ") + "]"
    case .tuple(let elements):
      let inner = elements.map { representation(of: $0) }.joined(separator: ", ")
      return elements.count == 1 ? "(\(inner),)" : "(\(inner))"
    case .set(let list):
      return list.elements.isEmpty
        ? "set()" : "{" + list.elements.map { representation(of: $0) }.joined(separator: ", ") + "}"
    case .dictionary(let dictionary):
      let inner = dictionary.entries.map { representation(of: $0.key) + ": " + representation(of: $0.value) }
      return "{" + inner.joined(separator: ", ") + "}"
    case .function(let function): return function.module.name + "." + function.qualifiedName
    case .method(let method): return representation(of: method.function)
    case .classObject(let object): return object.fullName
    case .instance(let instance): return "<" + (TypeName.canonical(of: instance.type) ?? "object") + ">"
    case .module(let module): return module.name
    case .library(let name): return name
    case .native(let function): return function.name
    case .generic, .typeParameter: return "type"
    case .either(let choices): return choices.first.map { representation(of: $0) } ?? ""
    case .unknown(let unknown): return unknown.text
    }
  }

  /// `repr` of a float: the shortest text that reads back, as Python and Swift both write it; exponents differ.
  static func double(_ number: Double) -> String {
    if number.isNaN { return "nan" }
    if number.isInfinite { return number < 0 ? "-inf" : "inf" }
    if number == number.rounded(), number.magnitude < 1e16 { return String(Int(number)) + ".0" }
    return String(number)
  }

  /// `repr` of a text: single quotes, unless only they occur in it.
  static func quoted(_ text: String) -> String {
    let quote: Unicode.Scalar = text.utf8.contains(0x27) && !text.utf8.contains(0x22) ? "\"" : "'"
    var result = String(Character(quote))
    for scalar in text.unicodeScalars {
      switch scalar {
      case quote, "\\": result += "\\" + String(Character(scalar))
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default:
        if scalar.value < 0x20 || scalar.value == 0x7F {
          let digits = String(scalar.value, radix: 16)
          result += "\\x" + (digits.utf8.count == 1 ? "0" : "") + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + String(Character(quote))
  }

  /// `Color.red` for a member of an enumeration; nil for other values.
  static func enumerationMember(_ value: PythonValue, _ interpreter: Interpreter) -> String? {
    guard case .instance(let instance) = value, interpreter.isSubclass(instance.type, of: "enum.Enum"),
      case .string(let name)? = instance.attributes["name"] ?? instance.attributes["_name_"],
      let type = TypeName.canonical(of: instance.type)
    else { return nil }
    return TypeName.last(type) + "." + name
  }
}
