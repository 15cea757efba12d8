import MerlonPython

/// `format` and `%` on plain values.
enum Formatting {
  /// `format(value, specification)`; nil for what is not followed.
  static func format(_ value: PythonValue, _ specification: String) -> String? {
    guard let text = PlainValue.integer(of: value).map(String.init) ?? value.text else { return nil }
    // Zero-padded and plain widths are what paths and names use.
    if let width = Int(specification.filter(\.isNumber)),
      specification.allSatisfy({ $0.isNumber || $0 == "d" || $0 == "s" })
    {
      guard width <= 1_000, text.count < width else { return text }
      let fill = String(repeating: specification.hasPrefix("0") ? "0" : " ", count: width - text.count)
      return value.integer == nil ? text + fill : fill + text
    }
    return specification == "s" || specification == "d" ? text : nil
  }

  /// `text % values`.
  static func percent(_ text: String, _ value: PythonValue, _ interpreter: Interpreter) -> PythonValue {
    var values: [PythonValue]
    if case .tuple(let elements) = value { values = elements } else { values = [value] }
    var result = ""
    var isTemplate = false
    var rest = text[...]
    while let percent = rest.firstIndex(of: "%") {
      result += rest[..<percent]
      rest = rest[rest.index(after: percent)...]
      guard let code = rest.first else { break }
      if code == "%" {
        result += "%"
        rest.removeFirst()
        continue
      }
      var argument: PythonValue?
      if code == "(" {
        guard let close = rest.firstIndex(of: ")") else { break }
        let name = String(rest[rest.index(after: rest.startIndex)..<close])
        if case .dictionary(let dictionary) = value { argument = interpreter.value(for: .string(name), in: dictionary) }
        rest = rest[rest.index(after: close)...]
      } else if !values.isEmpty {
        argument = values.removeFirst()
      }
      while let character = rest.first, !character.isLetter { rest = rest.dropFirst(character == " " ? 1 : 1) }
      let isRepresentation = rest.first == "r"
      if !rest.isEmpty { rest.removeFirst() }
      let piece = interpreter.formatted(
        argument ?? .unknown(UnknownObject(text: "…")), conversion: isRepresentation ? UInt8(ascii: "r") : 0)
      result += piece.text
      isTemplate = isTemplate || piece.isTemplate
    }
    return interpreter.template(result + rest, isTemplate: isTemplate)
  }

  /// `text.format(…)`.
  static func format(_ text: String, _ arguments: CallArguments, _ interpreter: Interpreter) -> PythonValue {
    var result = ""
    var isTemplate = false
    var next = 0
    var rest = text[...]
    while let index = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      result += rest[..<index]
      let character = rest[index]
      rest = rest[rest.index(after: index)...]
      if rest.first == character {
        result.append(character)
        rest.removeFirst()
        continue
      }
      guard character == "{", let close = rest.firstIndex(of: "}") else { continue }
      let field = rest[..<close]
      rest = rest[rest.index(after: close)...]
      let name = String(field.prefix { $0 != ":" && $0 != "!" && $0 != "." && $0 != "[" })
      let specification = field.firstIndex(of: ":").map { String(field[field.index(after: $0)...]) } ?? ""
      var value: PythonValue?
      if name.isEmpty {
        if next < arguments.positional.count { value = arguments.positional[next] }
        next += 1
      } else if let position = Int(name) {
        if arguments.positional.indices.contains(position) { value = arguments.positional[position] }
      } else {
        value = arguments[name]
      }
      if let dot = field.firstIndex(of: "."), let held = value {
        let attribute = String(field[field.index(after: dot)...].prefix { $0 != ":" && $0 != "!" && $0 != "." })
        value = interpreter.attribute(attribute, of: held)
      }
      let piece = interpreter.formatted(
        value ?? .unknown(UnknownObject(text: name)), format: specification, fallback: name)
      result += piece.text
      isTemplate = isTemplate || piece.isTemplate
    }
    return interpreter.template(result + rest, isTemplate: isTemplate)
  }
}

extension Interpreter {
  /// `str(value)`; nil when it is not known.
  func string(of value: PythonValue) -> String? {
    switch value {
    case .string(let text): return text
    case .none: return "None"
    case .bool(let flag): return flag ? "True" : "False"
    case .integer(let number): return String(number)
    case .double(let number): return PythonText.double(number)
    case .instance(let object):
      if let held = object.attributes[Self.storageKey], let text = held.text { return text }
      if let path = FileTable.pathText(of: value) { return path }
      if isEnumMember(object) {
        if case .classObject(let type) = object.type {
          let isText = type.order.contains {
            $0.isLibrary("enum.StrEnum") || $0.isLibrary("enum.IntEnum")
          }
          if let hook = find("__str__", in: type), case .function = hook.value {
            return call(bound(hook.value, to: value, type: type, site: nil), CallArguments()).text
          }
          if isText { return object.attributes["_value_"].flatMap { string(of: $0) } }
          return type.name + "." + (object.attributes["_name_"]?.text ?? "")
        }
        return object.attributes["_value_"].flatMap { string(of: $0) }
      }
      guard case .classObject(let type) = object.type, let hook = find("__str__", in: type), case .function = hook.value
      else { return nil }
      return call(bound(hook.value, to: value, type: type, site: nil), CallArguments()).text
    case .list(let list) where !list.isOpen: return representation(value)
    case .tuple, .dictionary: return representation(value)
    default: return nil
    }
  }

  /// `repr(value)`; nil when it is not known.
  func representation(_ value: PythonValue) -> String? {
    switch value {
    case .string, .none, .bool, .integer, .double, .bytes, .ellipsis: return PythonText.representation(of: value)
    case .list(let list) where !list.isOpen:
      let parts = list.elements.map { representation($0) }
      return parts.contains { $0 == nil } ? nil : "[" + parts.compactMap(\.self).joined(separator: ", ") + "]"
    case .tuple(let elements):
      let parts = elements.map { representation($0) }
      if parts.contains(where: { $0 == nil }) { return nil }
      return "(" + parts.compactMap(\.self).joined(separator: ", ") + (parts.count == 1 ? ",)" : ")")
    case .dictionary(let dictionary) where !dictionary.isOpen:
      let parts = dictionary.entries.map { entry -> String? in
        guard let key = representation(entry.key), let value = representation(entry.value) else { return nil }
        return key + ": " + value
      }
      return parts.contains { $0 == nil } ? nil : "{" + parts.compactMap(\.self).joined(separator: ", ") + "}"
    default: return nil
    }
  }

  /// A short name of a value, for placeholders.
  func displayText(_ value: PythonValue) -> String {
    switch value {
    case .unknown(let object): object.text
    case .instance(let object): TypeName.canonical(of: object.type).map(TypeName.last) ?? "object"
    case .function(let function): function.name
    case .method(let method): displayText(method.function)
    case .classObject(let type): type.name
    case .module(let module): module.name
    case .library(let name): name
    case .native(let function): function.name
    default: String(PythonText.representation(of: value).prefix(60))
    }
  }
}
