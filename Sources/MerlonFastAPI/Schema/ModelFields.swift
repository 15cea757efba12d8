/// A field of a Pydantic model, dataclass, `TypedDict` or `NamedTuple`, type parameters substituted.
struct ModelField {
  var name: String
  var info: FieldInfo
  /// The class whose body declares it.
  var owner: ClassObject
  /// The field is a `computed_field`: it leaves, and is never taken in.
  var isComputed: Bool = false

  var annotation: PythonValue { info.annotation }
  var isRequired: Bool { info.isRequired }
  var defaultValue: PythonValue? { info.defaultValue }
  /// Name on the wire when data comes in, alias generators applied.
  var validationAlias: String { name }
  /// Name on the wire when data leaves.
  var serializationAlias: String { name }
}

/// Reads what Pydantic makes of classes.
final class ModelFields {
  let interpreter: Interpreter

  init(interpreter: Interpreter) {
    self.interpreter = interpreter
  }

  /// Whether a value is a Pydantic model class, or a generic of one (`lenient_issubclass(type, BaseModel)`).
  func isModel(_ type: PythonValue) -> Bool { false }

  /// Fields in Pydantic's order; nil for what is no model class, dataclass, `TypedDict` or `NamedTuple`.
  func fields(of type: PythonValue) -> [ModelField]? { nil }
}
