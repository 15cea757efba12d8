import MerlonBase

/// `model_config` of a class, inherited settings included.
struct ModelConfig {
  /// By the names of Pydantic 2.
  var values: [String: PythonValue] = [:]

  var extra: String? {
    guard let value = values["extra"] else { return nil }
    if let text = value.stringValue { return text }
    // Pydantic 1: `Extra.forbid`.
    return value.instanceValue?.attributes["value"]?.stringValue ?? value.typeName.map(TypeName.last)
  }
  var title: String? { values["title"]?.stringValue }
  var stringMinLength: Int? { values["str_min_length"]?.intValue }
  var stringMaxLength: Int? { values["str_max_length"]?.intValue }
  func flag(_ name: String) -> Bool { values[name]?.boolValue ?? false }

  mutating func add(_ name: String, _ value: PythonValue) { values[Self.renamed[name] ?? name] = value.settled }

  /// What a `ConfigDict(...)`, a plain dictionary or a `class Config` holds.
  mutating func add(_ value: PythonValue) {
    switch value.settled {
    case .dictionary(let dictionary):
      for entry in dictionary.entries {
        if let name = entry.key.stringValue { add(name, entry.value) }
      }
    case .instance(let instance):
      for keyword in instance.arguments.keywords { add(keyword.name, keyword.value) }
      for (name, value) in instance.attributes { add(name, value) }
    case .classObject(let type):
      for base in type.bases.reversed() {
        if base.classValue != nil { add(base) }
      }
      for name in type.namespace.names where !name.hasPrefix("__") {
        if let value = type.namespace[name] { add(name, value) }
      }
    default: break
    }
  }

  /// `V2_RENAMED_KEYS` of `pydantic._internal._config`.
  private static let renamed = [
    "allow_population_by_field_name": "populate_by_name", "anystr_lower": "str_to_lower",
    "anystr_strip_whitespace": "str_strip_whitespace", "anystr_upper": "str_to_upper",
    "keep_untouched": "ignored_types", "max_anystr_length": "str_max_length", "min_anystr_length": "str_min_length",
    "orm_mode": "from_attributes", "schema_extra": "json_schema_extra", "validate_all": "validate_default",
  ]
}

/// Names that `pydantic.alias_generators` and other functions make of field names.
enum AliasGenerators {
  /// What a generator gives; nil when it could not be run.
  static func alias(_ generator: PythonValue, for name: String, _ interpreter: Interpreter) -> String? {
    if let known = generator.typeName, known.hasPrefix("pydantic.") {
      switch TypeName.last(known) {
      case "to_camel", "to_lower_camel": return camel(name)
      case "to_pascal": return pascal(name)
      case "to_snake": return snake(name)
      default: break
      }
    }
    let function = (generator.settled.functionValue?.module.name).map { $0.hasPrefix("pydantic.") } ?? false
    if function, let own = generator.settled.functionValue?.name {
      switch own {
      case "to_camel": return camel(name)
      case "to_pascal": return pascal(name)
      case "to_snake": return snake(name)
      default: break
      }
    }
    return interpreter.call(generator, CallArguments(positional: [.string(name)])).settled.stringValue
  }

  /// `to_pascal`: title case, and the underscores before a letter or digit removed.
  static func pascal(_ name: String) -> String {
    let titled = Array(DocumentText.title(name))
    var result = ""
    for (index, character) in titled.enumerated() {
      if character == "_", index > 0, index + 1 < titled.count, isWord(titled[index - 1]),
        titled[index + 1].isNumber || (titled[index + 1].isASCII && titled[index + 1].isUppercase)
      {
        continue
      }
      result.append(character)
    }
    return result
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber)
  }

  static func camel(_ name: String) -> String {
    let characters = Array(name)
    if let first = characters.first, first.isASCII, first.isLowercase, characters.allSatisfy(isWord) {
      let pairs = zip(characters, characters.dropFirst())
      if !pairs.contains(where: { $0.isNumber && $1.isUppercase }) { return name }
    }
    var result = Array(pascal(name))
    if let index = result.firstIndex(where: { $0 != "_" }), result[index].isASCII, result[index].isUppercase {
      result[index] = Character(result[index].lowercased())
    }
    return String(result)
  }

  static func snake(_ name: String) -> String {
    let characters = Array(name)
    var result = ""
    for (index, character) in characters.enumerated() {
      if character.isUppercase, index > 0 {
        let previous = characters[index - 1]
        let next = index + 1 < characters.count ? characters[index + 1] : nil
        if previous.isLowercase || previous.isNumber || (previous.isUppercase && next?.isLowercase == true) {
          result.append("_")
        }
      } else if character.isNumber, index > 0, characters[index - 1].isLowercase {
        result.append("_")
      }
      result.append(character == "-" ? "_" : Character(character.lowercased()))
    }
    return result
  }
}

extension PythonValue {
  var functionValue: FunctionObject? {
    guard case .function(let function) = self else { return nil }
    return function
  }
}
