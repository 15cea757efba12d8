import MerlonAPI
import MerlonBase

/// The body of a form that takes whole models: their fields lie flat beside those of single parameters, which the
/// schema says with `allOf` (`_apply_form_body_schema`, since FastAPI 0.156).
struct FormBody {
  let document: DocumentBuilder
  let parameters: [BodyInput]

  var hasModels: Bool { parameters.contains { !models(of: $0).isEmpty } }
  var hasNullableModel: Bool { parameters.contains { !models(of: $0).isEmpty && isNullable($0) } }

  /// Gives the body model one field a parameter, and puts them together when it is written.
  func fill(_ object: ObjectSchema) {
    for (index, parameter) in parameters.enumerated() {
      let name = "field_\(index)"
      var info = parameter.field
      if info.text("title") == nil { info.attributes["title"] = .string(SchemaGenerator.title(of: parameter.name)) }
      object.fields.append(document.builder.bodyField(info, name: name, alias: name))
    }
    object.rewrite = { combined($0) }
  }

  private func combined(_ written: JSONValue) -> JSONValue {
    var schema = written
    let fields = schema.remove("properties") ?? .object([])
    schema.remove("required")
    var properties = JSONValue.object([])
    var required: [JSONValue] = []
    var conditions: [JSONValue] = []
    for (index, parameter) in parameters.enumerated() {
      guard var field = fields["field_\(index)"] else { continue }
      let models = models(of: parameter)
      if models.isEmpty {
        if properties[parameter.alias] != nil {
          conditions.append(object("properties", object(parameter.alias, field)))
        } else {
          properties.set(parameter.alias, field)
        }
        let name = JSONValue.string(parameter.alias)
        if parameter.field.isRequired, !required.contains(name) { required.append(name) }
        continue
      }
      field.remove("default")
      if isNullable(parameter) {
        let choices = (field["anyOf"]?.array ?? []).filter { $0["type"]?.string != "null" }
        field.set("anyOf", .array(choices))
        let absent = absent(models)
        if parameter.field.isRequired {
          conditions.append(object("not", absent))
        } else {
          field = object("anyOf", .array([absent, field]))
        }
      }
      conditions.append(field)
    }
    if properties != .object([]) { schema.set("properties", properties) }
    if !required.isEmpty { schema.set("required", .array(required)) }
    schema.set("allOf", .array(conditions))
    return schema
  }

  /// No field of the models is there.
  private func absent(_ models: [PythonValue]) -> JSONValue {
    var names: Set<String> = []
    for model in models {
      guard let (object, _) = document.fields.resolved(model) else { continue }
      let config = document.fields.config(of: object)
      if ["allow", "forbid"].contains(config.extra ?? "") { return self.object("maxProperties", .number(0)) }
      let takesNames = config.flag("populate_by_name") || config.flag("validate_by_name")
      for field in document.fields.fields(of: model) ?? [] where !field.isComputed {
        names.insert(field.validationAlias)
        if takesNames { names.insert(field.name) }
      }
    }
    if names.isEmpty { return .object([]) }
    let any = names.sorted().map { object("required", .array([.string($0)])) }
    return object("not", object("anyOf", .array(any)))
  }

  private func object(_ key: String, _ value: JSONValue) -> JSONValue { .object([.init(key: key, value: value)]) }

  private func isNullable(_ parameter: BodyInput) -> Bool {
    guard case .union(let members) = TypeForm(parameter.field.annotation) else { return false }
    return members.contains { $0.isNoneType }
  }

  /// `_get_form_models`: the model, or the models of a union.
  private func models(of parameter: BodyInput) -> [PythonValue] {
    guard parameter.place == .form || parameter.place == .file, parameter.field.flag("embed") != true,
      document.interpreter.options.fastAPIVersion >= FrameworkVersion(0, 156)
    else { return [] }
    var members = [parameter.field.annotation]
    if case .union(let choices) = TypeForm(parameter.field.annotation) { members = choices.filter { !$0.isNoneType } }
    let models = members.map { member in
      if case .annotated(let inner, _) = TypeForm(member) { return inner }
      return member
    }
    return models.allSatisfy { document.fields.isModel($0) } ? models : []
  }
}
