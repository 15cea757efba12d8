/// What is known of one field, parameter or body beside its name: Pydantic's `FieldInfo`, with `Annotated` looked
/// through and the `Field()` of annotation and default merged.
struct FieldInfo {
  /// The type without its outermost `Annotated`; `Optional` is kept.
  var annotation: PythonValue
  /// Constraints and other objects of `Annotated` in the order in which Pydantic applies them.
  var metadata: [FieldMetadata] = []
  /// Attributes that were set (`default`, `alias`, `title`, `description`, `json_schema_extra`, …), by name.
  /// An attribute of value `Undefined` or `_Unset` counts as not set.
  var attributes: [String: PythonValue] = [:]
  /// The last `Field()`, `Query()`, `Body()`, … that contributed.
  var instance: InstanceObject?
}

/// An element of `FieldInfo.metadata`.
enum FieldMetadata {
  /// `gt`, `min_length`, `pattern`, … with its value.
  case constraint(String, PythonValue)
  case other(PythonValue)
}

extension FieldInfo {
  /// `FieldInfo.from_annotation`: reads `Annotated`, `Field()` inside it, `Required`, `Final` and the like.
  static func from(annotation: PythonValue) -> FieldInfo { FieldInfo(annotation: annotation) }

  /// `FieldInfo.from_annotated_attribute`: the same with the value that is assigned, a `Field()` or a plain default.
  static func from(annotation: PythonValue, assigned: PythonValue) -> FieldInfo { FieldInfo(annotation: annotation) }

  /// The default, unless there is none or a factory makes it.
  var defaultValue: PythonValue? { nil }
  var isRequired: Bool { true }
}
