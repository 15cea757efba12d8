import MerlonPython

/// Methods of the builtin types.
enum BuiltinMethods {
  /// Nil as result: not known.
  typealias Method = (Interpreter, PythonValue, CallArguments, Site?) -> PythonValue?

  static func method(_ name: String, of type: String) -> Method? {
    switch type {
    case "str": stringMethod(name)
    case "list": listMethod(name)
    case "dict": dictionaryMethod(name)
    case "set", "frozenset": setMethod(name)
    case "tuple": name == "index" || name == "count" ? { _, _, _, _ in nil } : nil
    case "bytes": name == "decode" ? { _, value, _, _ in decoded(value) } : nil
    default: nil
    }
  }

  /// Members that exist and are not modelled.
  static func unmodelled(_ type: String) -> Set<String> {
    switch type {
    case "int", "bool":
      ["bit_length", "to_bytes", "from_bytes", "numerator", "denominator", "imag", "conjugate", "as_integer_ratio"]
    case "float": ["is_integer", "hex", "fromhex", "real", "imag", "as_integer_ratio"]
    case "bytes":
      [
        "hex", "startswith", "endswith", "split", "strip", "replace", "find", "join", "rstrip", "lstrip", "fromhex",
        "lower",
      ]
    case "list", "tuple", "set", "dict": ["__len__", "__iter__", "__contains__", "__getitem__", "__setitem__"]
    default: []
    }
  }

  private static func decoded(_ value: PythonValue) -> PythonValue? {
    guard case .bytes(let bytes) = value else { return nil }
    return .string(String(decoding: bytes, as: UTF8.self))
  }

  // MARK: str

  private static func stringMethod(_ name: String) -> Method? {
    switch name {
    case "format":
      return { interpreter, value, arguments, _ in value.text.map { Formatting.format($0, arguments, interpreter) } }
    case "join":
      return { interpreter, value, arguments, site in
        guard let separator = value.text, let first = arguments.positional.first else { return nil }
        let (elements, isOpen) = interpreter.iterate(first, site: site)
        if isOpen { return nil }
        let pieces = elements.map { interpreter.formatted($0) }
        return interpreter.template(
          pieces.map(\.text).joined(separator: separator), isTemplate: pieces.contains(where: \.isTemplate))
      }
    case "split", "rsplit", "splitlines":
      return { _, value, arguments, _ in
        guard let text = value.text else { return nil }
        if name == "splitlines" {
          return .strings(text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init))
        }
        let separator = (arguments.positional.first ?? arguments["sep"])?.text
        let limit = (arguments.positional.dropFirst().first ?? arguments["maxsplit"])?.integer ?? -1
        guard let separator, !separator.isEmpty else {
          return .strings(text.split(whereSeparator: \.isWhitespace).map(String.init))
        }
        var parts = components(of: text, separatedBy: separator)
        if limit >= 0, parts.count > limit + 1 {
          if name == "split" {
            parts = Array(parts.prefix(limit)) + [parts.dropFirst(limit).joined(separator: separator)]
          } else {
            parts = [parts.dropLast(limit).joined(separator: separator)] + parts.suffix(limit)
          }
        }
        return .strings(parts)
      }
    case "strip", "lstrip", "rstrip":
      return { _, value, arguments, _ in
        guard let text = value.text else { return nil }
        let given = arguments.positional.first?.text.map { Set($0.unicodeScalars) }
        var scalars = Array(text.unicodeScalars)[...]
        func strips(_ scalar: Unicode.Scalar) -> Bool { given?.contains(scalar) ?? scalar.properties.isWhitespace }
        if name != "rstrip" { scalars = scalars.drop(while: strips) }
        if name != "lstrip" { while let last = scalars.last, strips(last) { scalars.removeLast() } }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return .string(String(view))
      }
    case "replace":
      return { _, value, arguments, _ in
        guard let text = value.text, arguments.positional.count >= 2, let old = arguments.positional[0].text,
          let new = arguments.positional[1].text, !old.isEmpty
        else { return nil }
        return .string(components(of: text, separatedBy: old).joined(separator: new))
      }
    case "startswith", "endswith":
      return { interpreter, value, arguments, site in
        guard let text = value.text, let first = arguments.positional.first else { return nil }
        let wanted: [PythonValue]
        if case .tuple(let several) = first { wanted = several } else { wanted = [first] }
        let texts = wanted.compactMap(\.text)
        guard texts.count == wanted.count else { return nil }
        return .bool(texts.contains { name == "startswith" ? text.hasPrefix($0) : text.hasSuffix($0) })
      }
    case "lower", "casefold": return { _, value, _, _ in value.text.map { .string($0.lowercased()) } }
    case "upper": return { _, value, _, _ in value.text.map { .string($0.uppercased()) } }
    case "title": return { _, value, _, _ in value.text.map { .string(DocumentText.title($0)) } }
    case "capitalize":
      return { _, value, _, _ in value.text.map { .string($0.prefix(1).uppercased() + $0.dropFirst().lowercased()) } }
    case "removeprefix", "removesuffix":
      return { _, value, arguments, _ in
        guard let text = value.text, let part = arguments.positional.first?.text else { return nil }
        if name == "removeprefix" { return .string(text.hasPrefix(part) ? String(text.dropFirst(part.count)) : text) }
        return .string(text.hasSuffix(part) ? String(text.dropLast(part.count)) : text)
      }
    case "partition", "rpartition":
      return { _, value, arguments, _ in
        guard let text = value.text, let separator = arguments.positional.first?.text, !separator.isEmpty else {
          return nil
        }
        let parts = components(of: text, separatedBy: separator)
        guard parts.count > 1 else {
          return .tuple((name == "partition" ? [text, "", ""] : ["", "", text]).map { .string($0) })
        }
        let head = name == "partition" ? parts[0] : parts.dropLast().joined(separator: separator)
        let tail = name == "partition" ? parts.dropFirst().joined(separator: separator) : parts[parts.count - 1]
        return .tuple([.string(head), .string(separator), .string(tail)])
      }
    case "encode": return { _, value, _, _ in value.text.map { .bytes(Array($0.utf8)) } }
    case "isdigit", "isnumeric", "isdecimal":
      return { _, value, _, _ in value.text.map { .bool(!$0.isEmpty && $0.allSatisfy(\.isNumber)) } }
    case "isidentifier", "isalpha", "isalnum", "isupper", "islower", "isspace", "count", "find", "index", "rfind",
      "rindex", "center", "ljust", "rjust", "zfill", "expandtabs", "translate", "swapcase", "format_map", "istitle",
      "isascii", "isprintable", "__len__", "__contains__", "__add__", "__getitem__", "__eq__", "__hash__":
      return { _, _, _, _ in nil }
    default: return nil
    }
  }

  private static func components(of text: String, separatedBy separator: String) -> [String] {
    var parts: [String] = []
    var rest = text[...]
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    parts.append(String(rest))
    return parts
  }

  // MARK: list

  private static func listMethod(_ name: String) -> Method? {
    switch name {
    case "append", "add", "appendleft":
      return { _, value, arguments, _ in
        guard case .list(let list) = value, let element = arguments.positional.first, list.elements.count < 100_000
        else {
          return PythonValue.none
        }
        if name == "appendleft" { list.elements.insert(element, at: 0) } else { list.elements.append(element) }
        return PythonValue.none
      }
    case "extend":
      return { interpreter, value, arguments, site in
        guard case .list(let list) = value, let other = arguments.positional.first else { return PythonValue.none }
        let (elements, isOpen) = interpreter.iterate(other, site: site)
        interpreter.extend(list, elements, isOpen: isOpen)
        return PythonValue.none
      }
    case "insert":
      return { _, value, arguments, _ in
        guard case .list(let list) = value, arguments.positional.count >= 2 else { return PythonValue.none }
        let index = arguments.positional[0].integer ?? 0
        let position = min(max(index < 0 ? list.elements.count + index : index, 0), list.elements.count)
        list.elements.insert(arguments.positional[1], at: position)
        return PythonValue.none
      }
    case "pop", "popleft":
      return { _, value, arguments, _ in
        guard case .list(let list) = value, !list.elements.isEmpty else { return nil }
        let index = name == "popleft" ? 0 : arguments.positional.first?.integer ?? -1
        let position = index < 0 ? list.elements.count + index : index
        return list.elements.indices.contains(position) ? list.elements.remove(at: position) : nil
      }
    case "remove":
      return { interpreter, value, arguments, _ in
        guard case .list(let list) = value, let element = arguments.positional.first,
          let index = list.elements.firstIndex(where: {
            $0.isSame(as: element) || interpreter.equal($0, element) == true
          })
        else { return PythonValue.none }
        list.elements.remove(at: index)
        return PythonValue.none
      }
    case "clear":
      return { _, value, _, _ in
        if case .list(let list) = value { list.elements = [] }
        return PythonValue.none
      }
    case "copy":
      return { _, value, _, _ in
        if case .list(let list) = value { .list(ListObject(list.elements, isOpen: list.isOpen)) } else { nil }
      }
    case "reverse":
      return { _, value, _, _ in
        if case .list(let list) = value { list.elements.reverse() }
        return PythonValue.none
      }
    case "sort":
      return { interpreter, value, arguments, site in
        if case .list(let list) = value {
          list.elements = NativeTable.sorted(list.elements, arguments, interpreter, site)
        }
        return PythonValue.none
      }
    case "index", "count": return { _, _, _, _ in nil }
    default: return nil
    }
  }

  // MARK: dict

  private static func dictionaryMethod(_ name: String) -> Method? {
    switch name {
    case "get", "pop", "setdefault":
      return { interpreter, value, arguments, site in
        guard case .dictionary(let dictionary) = value, let key = arguments.positional.first else { return nil }
        let found = interpreter.value(for: key, in: dictionary)
        if name == "pop" { interpreter.deleteItem(of: value, key) }
        if let found { return found }
        let fallback = arguments.positional.dropFirst().first ?? arguments["default"] ?? PythonValue.none
        if name == "setdefault" { interpreter.set(key, fallback, in: dictionary) }
        if dictionary.isOpen || key.isUnknown {
          return key.isUnknown && !dictionary.isOpen && dictionary.entries.count <= 4
            ? PythonValue.join(dictionary.entries.map(\.value) + [fallback]) : nil
        }
        return fallback
      }
    case "items":
      return { _, value, _, _ in
        guard case .dictionary(let dictionary) = value else { return nil }
        return .list(ListObject(dictionary.entries.map { .tuple([$0.key, $0.value]) }, isOpen: dictionary.isOpen))
      }
    case "keys":
      return { _, value, _, _ in
        guard case .dictionary(let dictionary) = value else { return nil }
        return .list(ListObject(dictionary.entries.map(\.key), isOpen: dictionary.isOpen))
      }
    case "values":
      return { _, value, _, _ in
        guard case .dictionary(let dictionary) = value else { return nil }
        return .list(ListObject(dictionary.entries.map(\.value), isOpen: dictionary.isOpen))
      }
    case "update":
      return { interpreter, value, arguments, _ in
        guard case .dictionary(let dictionary) = value else { return PythonValue.none }
        if let other = arguments.positional.first { interpreter.update(dictionary, with: other) }
        for keyword in arguments.keywords { interpreter.set(.string(keyword.name), keyword.value, in: dictionary) }
        if arguments.isOpen { dictionary.isOpen = true }
        return PythonValue.none
      }
    case "copy":
      return { _, value, _, _ in
        guard case .dictionary(let dictionary) = value else { return nil }
        return .dictionary(DictionaryObject(dictionary.entries, isOpen: dictionary.isOpen))
      }
    case "clear":
      return { _, value, _, _ in
        if case .dictionary(let dictionary) = value { dictionary.entries = [] }
        return PythonValue.none
      }
    case "popitem", "move_to_end", "most_common": return { _, _, _, _ in nil }
    default: return nil
    }
  }

  // MARK: set

  private static func setMethod(_ name: String) -> Method? {
    switch name {
    case "add":
      return { interpreter, value, arguments, _ in
        if case .set(let set) = value, let element = arguments.positional.first {
          interpreter.insert(element, into: set)
        }
        return PythonValue.none
      }
    case "update":
      return { interpreter, value, arguments, site in
        guard case .set(let set) = value else { return PythonValue.none }
        for other in arguments.positional {
          let (elements, isOpen) = interpreter.iterate(other, site: site)
          for element in elements { interpreter.insert(element, into: set) }
          if isOpen { set.isOpen = true }
        }
        return PythonValue.none
      }
    case "discard", "remove":
      return { interpreter, value, arguments, _ in
        if case .set(let set) = value, let element = arguments.positional.first {
          set.elements.removeAll { interpreter.equal($0, element) == true }
        }
        return PythonValue.none
      }
    case "union", "intersection", "difference", "symmetric_difference":
      return { interpreter, value, arguments, site in
        guard case .set = value else { return nil }
        var result = value
        let op: BinaryOperator =
          switch name {
          case "union": .bitOr
          case "intersection": .bitAnd
          case "difference": .sub
          default: .bitXor
          }
        for other in arguments.positional {
          let (elements, isOpen) = interpreter.iterate(other, site: site)
          result = interpreter.binary(op, result, .set(ListObject(elements, isOpen: isOpen)), site: site)
        }
        return result
      }
    case "copy":
      return { _, value, _, _ in
        if case .set(let set) = value { .set(ListObject(set.elements, isOpen: set.isOpen)) } else { nil }
      }
    case "issubset", "issuperset", "isdisjoint", "pop", "clear": return { _, _, _, _ in nil }
    default: return nil
    }
  }
}
