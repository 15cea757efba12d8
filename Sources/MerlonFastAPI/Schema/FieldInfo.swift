/// What is known of one field, parameter or body beside its name: Pydantic's `FieldInfo`, with `Annotated` looked
/// through and the `Field()` of annotation and default merged.
struct FieldInfo {
  /// The type without its outermost `Annotated`; `Optional` is kept.
  var annotation: PythonValue
  /// Constraints and other objects of `Annotated` in the order in which Pydantic applies them.
  var metadata: [FieldMetadata] = []
  /// Attributes that were set (`default`, `alias`, `title`, `description`, `json_schema_extra`, …), by name.
  /// What is `Undefined`, `_Unset` or, but for defaults, `None` counts as not set.
  var attributes: [String: PythonValue] = [:]
  /// The last `Field()`, `Query()`, `Body()`, … that contributed.
  var instance: InstanceObject?
  /// What stands beside the type in an `Annotated` that Pydantic keeps whole: it counts for the schema of the type, and
  /// is no metadata of the field.
  var kept: [PythonValue] = []
  /// `ClassVar`, `Final`, `Required`, `NotRequired`, `ReadOnly`, `InitVar` around the type.
  var qualifiers: Set<String> = []
}

/// An element of `FieldInfo.metadata`.
enum FieldMetadata {
  /// `gt`, `min_length`, `pattern`, … with its value.
  case constraint(String, PythonValue)
  case other(PythonValue)
}

extension FieldInfo {
  /// `FieldInfo.from_annotation`: reads `Annotated`, `Field()` inside it, `Required`, `Final` and the like.
  static func from(annotation: PythonValue) -> FieldInfo {
    var info = FieldInfo(annotation: annotation)
    for object in info.unwrap() { info.merge(object) }
    return info
  }

  /// `FieldInfo.from_annotated_attribute`: the same with the value that is assigned, a `Field()` or a plain default.
  static func from(annotation: PythonValue, assigned: PythonValue) -> FieldInfo {
    var info = FieldInfo(annotation: annotation)
    let objects = info.unwrap()
    guard let instance = assigned.settled.instanceValue, isFieldInfo(instance) else {
      for object in objects { info.merge(object) }
      if let factory = dataclassField(assigned) {
        info.attributes.merge(factory) { _, new in new }
      } else {
        info.attributes["default"] = assigned.isUnset ? nil : assigned
        info.attributes["default_factory"] = nil
      }
      return info
    }
    // The constraints of the assignment come before those of `Annotated`, its attributes win (`HACK 1` there).
    for object in objects { info.merge(object) }
    let inner = info.metadata
    info.metadata = constraints(of: instance) + inner
    info.adopt(instance)
    return info
  }

  /// The merged info of a parameter: a `Query()` or the like and the annotation it belongs to.
  init(annotation: PythonValue, instance: InstanceObject) {
    self.init(annotation: annotation)
    let objects = unwrap()
    for object in objects { merge(object) }
    metadata = FieldInfo.constraints(of: instance) + metadata
    adopt(instance)
  }

  /// The default, unless there is none or a factory makes it.
  var defaultValue: PythonValue? { attributes["default"] }

  /// What `default_factory` calls.
  var defaultFactory: PythonValue? { attributes["default_factory"] }

  var isRequired: Bool { attributes["default"] == nil && attributes["default_factory"] == nil }

  /// An attribute that holds text.
  func text(_ name: String) -> String? { attributes[name]?.settled.stringValue }

  func flag(_ name: String) -> Bool? { attributes[name]?.settled.boolValue }

  /// Adds an object of `Annotated` as `FieldInfo._construct` does.
  private mutating func merge(_ object: PythonValue) {
    if let instance = object.instanceValue, FieldInfo.isFieldInfo(instance) {
      metadata += FieldInfo.constraints(of: instance)
      adopt(instance)
    } else if let instance = object.instanceValue, instance.type.typeName?.hasSuffix(".deprecated") == true {
      attributes["deprecated"] = .bool(true)
    } else if let known = FieldInfo.constraints(fromMetadata: object) {
      metadata += known
    } else {
      metadata.append(.other(object))
    }
  }

  /// Takes over what an instance sets.
  private mutating func adopt(_ instance: InstanceObject) {
    self.instance = instance
    for name in FieldInfo.attributeNames {
      guard let value = FieldInfo.argument(name, of: instance) else { continue }
      if name == "json_schema_extra", let present = attributes[name]?.dictionaryValue, let added = value.dictionaryValue
      {
        attributes[name] = .dictionary(DictionaryObject(FieldInfo.merged(present, added)))
      } else {
        attributes[name] = value
      }
    }
    if attributes["default_factory"] != nil, FieldInfo.argument("default", of: instance) == nil,
      FieldInfo.argument("default_factory", of: instance) != nil
    {
      attributes["default"] = nil
    }
  }

  /// Strips qualifiers and `Annotated` from the annotation; gives the objects that stood in `Annotated`.
  private mutating func unwrap() -> [PythonValue] {
    var objects: [PythonValue] = []
    for _ in 0..<16 {
      guard let generic = annotation.settled.genericValue else { break }
      let name = generic.origin.typeName ?? ""
      guard let inner = generic.arguments.first else { break }
      switch name {
      case "typing.Annotated": objects = Array(generic.arguments.dropFirst()) + objects
      case "typing.Required", "typing.NotRequired", "typing.ReadOnly", "typing.Final", "typing.ClassVar",
        "dataclasses.InitVar", "sqlalchemy.orm.Mapped", "sqlalchemy.orm.base.Mapped":
        qualifiers.insert(String(name.split(separator: ".").last ?? ""))
      default: return objects
      }
      annotation = inner
    }
    if ["typing.Final", "typing.ClassVar"].contains(annotation.typeName ?? "") {
      qualifiers.insert(String(annotation.typeName?.split(separator: ".").last ?? ""))
      annotation = .library("typing.Any")
    }
    return objects
  }

  private static func merged(
    _ first: DictionaryObject, _ second: DictionaryObject
  ) -> [(key: PythonValue, value: PythonValue)] {
    var entries = first.entries
    for entry in second.entries {
      if let index = entries.firstIndex(where: {
        $0.key.stringValue != nil && $0.key.stringValue == entry.key.stringValue
      }) {
        entries[index] = entry
      } else {
        entries.append(entry)
      }
    }
    return entries
  }
}

extension FieldInfo {
  /// Attributes of `FieldInfo` and of FastAPI's and SQLModel's subclasses that say something about a schema.
  static let attributeNames = [
    "default", "default_factory", "alias", "alias_priority", "validation_alias", "serialization_alias", "title",
    "field_title_generator", "description", "examples", "exclude", "exclude_if", "discriminator", "deprecated",
    "json_schema_extra", "include_in_schema", "example", "openapi_examples", "media_type", "embed",
    "convert_underscores", "init", "init_var", "kw_only", "schema_extra",
  ]

  /// `FieldInfo.metadata_lookup`, and the older names of FastAPI and Pydantic 1.
  static let constraintNames = [
    "pattern", "regex", "coerce_numbers_to_str", "strict", "gt", "ge", "lt", "le", "multiple_of", "min_length",
    "max_length", "min_items", "max_items", "allow_inf_nan", "max_digits", "decimal_places", "union_mode", "fail_fast",
  ]

  /// Whether an object is a `Field()`, `Query()`, … by its class or by what it carries.
  static func isFieldInfo(_ instance: InstanceObject) -> Bool {
    var names: [String] = []
    if case .classObject(let type) = instance.type {
      names = type.order.compactMap(\.typeName) + [type.fullName]
    } else if let name = instance.type.typeName {
      names = [name]
    }
    return names.contains { fieldInfoClasses.contains($0) }
  }

  private static let fieldInfoClasses: Set<String> = [
    "pydantic.fields.FieldInfo", "pydantic.FieldInfo", "pydantic.Field", "pydantic.fields.Field",
    "fastapi.params.Param",
    "fastapi.params.Query", "fastapi.params.Path", "fastapi.params.Header", "fastapi.params.Cookie",
    "fastapi.params.Body", "fastapi.params.Form", "fastapi.params.File", "sqlmodel.main.FieldInfo",
    "sqlmodel.FieldInfo", "sqlmodel.Field", "sqlmodel.main.Field", "pydantic.v1.fields.FieldInfo",
  ]

  /// An argument of the call that made a field object, unless it is one that stands for "not given".
  static func argument(_ name: String, of instance: InstanceObject) -> PythonValue? {
    var value = instance.attributes[name] ?? instance.arguments[name]
    if value == nil, name == "default", instance.attributes.isEmpty { value = instance.arguments.positional.first }
    guard let value, !value.settled.isUnset else { return nil }
    // `None` is a default like others; for all else it means "not given".
    if name != "default", value.isNull { return nil }
    if name == "default_factory", value.isNull { return nil }
    return value
  }

  static func constraints(of instance: InstanceObject) -> [FieldMetadata] {
    var found: [FieldMetadata] = []
    for name in constraintNames {
      guard let value = argument(name, of: instance) else { continue }
      found.append(.constraint(currentName(name), value))
    }
    for object in instance.attributes["metadata"]?.sequenceValue ?? [] {
      found += constraints(fromMetadata: object) ?? [.other(object)]
    }
    return found
  }

  private static func currentName(_ name: String) -> String {
    switch name {
    case "regex": "pattern"
    case "min_items": "min_length"
    case "max_items": "max_length"
    default: name
    }
  }

  /// Constraints that an object of `annotated_types` or of `pydantic.types` stands for; nil for other objects.
  static func constraints(fromMetadata object: PythonValue) -> [FieldMetadata]? {
    let name = object.instanceValue?.type.typeName ?? object.typeName ?? ""
    let last = String(name.split(separator: ".").last ?? "")
    let isKnown = name.hasPrefix("annotated_types.") || name.hasPrefix("pydantic.") || name.hasPrefix("pydantic_core.")
    guard isKnown else { return nil }
    func value(_ names: String...) -> PythonValue? {
      guard let instance = object.instanceValue else { return nil }
      for name in names {
        if let found = argument(name, of: instance) { return found }
      }
      return instance.attributes.isEmpty ? instance.arguments.positional.first : nil
    }
    func named(_ names: [String]) -> [FieldMetadata] {
      guard let instance = object.instanceValue else { return [] }
      return names.compactMap { name in argument(name, of: instance).map { .constraint(name, $0) } }
    }
    switch last {
    case "Gt": return value("gt").map { [.constraint("gt", $0)] } ?? []
    case "Ge": return value("ge").map { [.constraint("ge", $0)] } ?? []
    case "Lt": return value("lt").map { [.constraint("lt", $0)] } ?? []
    case "Le": return value("le").map { [.constraint("le", $0)] } ?? []
    case "MultipleOf": return value("multiple_of").map { [.constraint("multiple_of", $0)] } ?? []
    case "MinLen": return value("min_length", "min_inclusive").map { [.constraint("min_length", $0)] } ?? []
    case "MaxLen": return value("max_length", "max_exclusive").map { [.constraint("max_length", $0)] } ?? []
    case "Interval": return named(["gt", "ge", "lt", "le"])
    case "Len": return lengths(object)
    case "StringConstraints":
      return named(["min_length", "max_length", "pattern", "strict"])
    case "Strict": return [.constraint("strict", .bool(true))]
    case "AllowInfNan": return [.constraint("allow_inf_nan", value("allow_inf_nan") ?? .bool(true))]
    case "FailFast": return []
    case "UrlConstraints": return named(["max_length"])
    default: return nil
    }
  }

  private static func lengths(_ object: PythonValue) -> [FieldMetadata] {
    guard let instance = object.instanceValue else { return [] }
    let minimum = argument("min_length", of: instance) ?? instance.arguments.positional.first
    let maximum = argument("max_length", of: instance) ?? instance.arguments.positional.dropFirst().first
    var found: [FieldMetadata] = []
    if let minimum, minimum.intValue != 0 { found.append(.constraint("min_length", minimum)) }
    if let maximum, !maximum.isNull { found.append(.constraint("max_length", maximum)) }
    return found
  }

  /// What `dataclasses.field(...)` sets, or nil for another value.
  private static func dataclassField(_ value: PythonValue) -> [String: PythonValue]? {
    guard let instance = value.settled.instanceValue,
      ["dataclasses.Field", "dataclasses.field"].contains(instance.type.typeName ?? "")
    else { return nil }
    var found: [String: PythonValue] = [:]
    for name in ["default", "default_factory", "init", "kw_only"] {
      if let value = argument(name, of: instance) { found[name] = value }
    }
    for entry in argument("metadata", of: instance)?.dictionaryValue?.entries ?? [] {
      if let name = entry.key.stringValue, attributeNames.contains(name) { found[name] = entry.value }
    }
    return found
  }
}
