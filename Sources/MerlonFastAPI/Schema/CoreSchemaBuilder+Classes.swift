import MerlonBase

extension CoreSchemaBuilder {
  /// A class of the project or of a library that was read.
  func classSchema(_ object: ClassObject, _ type: PythonValue, arguments: [PythonValue]) -> CoreSchema {
    if interpreter.isSubclass(.classObject(object), of: "enum.Enum") { return enumeration(object) }
    guard let kind = fields.kind(of: object) else { return plainClass(object, type) }
    let name = definitionName(object, arguments)
    return define(name, type: type) {
      inside(object) { definition(object, type, kind: kind, name: name, arguments: arguments) }
    }
  }

  private func definition(
    _ object: ClassObject, _ type: PythonValue, kind: ModelKind, name: DefinitionName, arguments: [PythonValue]
  ) -> CoreSchema {
    let members = fields.fields(of: type) ?? []
    if kind == .namedTuple { return CoreSchema(.namedTuple(members.map { field($0, kind: kind) })) }
    let config = fields.config(of: object)
    let hasOwnConfig =
      kind == .model || kind == .root || !config.values.isEmpty
      || (kind == .dataclass && fields.isPydanticDataclass(object))
    let isModel = kind == .model || kind == .root
    let title =
      isModel && !arguments.isEmpty
      ? object.name + "[" + arguments.map { TypeDisplay.text($0) }.joined(separator: ", ") + "]" : object.name
    let result = ObjectSchema(name: name, title: title, config: config, hasOwnConfig: hasOwnConfig, type: type)
    // A parametrised model is a class of its own, which has no docstring.
    if !isModel || arguments.isEmpty { result.description = docstring(of: object) }
    result.isDeprecated =
      object.namespace["__deprecated__"] != nil || object.decorators.contains { TypeName.last($0.name) == "deprecated" }
    for member in members { result.fields.append(field(member, kind: kind)) }
    if let extra = config.values["json_schema_extra"], !extra.isNull {
      if let json = encoder.json(extra)?.members {
        result.extra = json
      } else if let function = Self.function(extra) {
        result.extraFunction = function
      } else {
        note("`json_schema_extra` of `\(object.name)` is only known at run time")
      }
    }
    if let serializer = ClassDecorations(object, interpreter: interpreter).modelSerializer {
      result.serializer = core(serializer)
    }
    let made = CoreSchema(kind == .root ? .root(result) : .object(result))
    return customSchema(of: .classObject(object), over: made) ?? made
  }

  private func docstring(of object: ClassObject) -> String? {
    if let text = object.namespace["__doc__"]?.settled.stringValue { return DocumentText.cleaned(text) }
    return Docstring.own(of: object).map { DocumentText.cleaned($0) }
  }

  /// `model_type_ref`, `class_type_ref`.
  private func definitionName(_ object: ClassObject, _ arguments: [PythonValue]) -> DefinitionName {
    var qualified = (object.moduleName.isEmpty ? "" : object.moduleName + ".") + object.qualifiedName
    var key = object.fullName + "#" + fields.identity.number(object)
    if !arguments.isEmpty {
      qualified += "[" + arguments.map { TypeDisplay.text($0) }.joined(separator: ",") + "]"
      key += "[" + arguments.map { fields.identity.key($0) }.joined(separator: ",") + "]"
    }
    return DefinitionName(key: key, qualified: qualified)
  }

  private func enumeration(_ object: ClassObject) -> CoreSchema {
    define(definitionName(object, []), type: .classObject(object)) {
      let values = EnumMembers.values(of: object, interpreter).compactMap { encoder.json($0) }
      let made = CoreSchema(.enumeration(title: object.name, description: docstring(of: object), values: values))
      return customSchema(of: .classObject(object), over: made) ?? made
    }
  }

  /// A class that Pydantic knows by its own methods only, or by what it is derived from.
  private func plainClass(_ object: ClassObject, _ type: PythonValue) -> CoreSchema {
    var base = CoreSchema(.any)
    for ancestor in object.order.dropFirst() {
      let name = ancestor.typeName ?? ""
      guard name != "object", !name.isEmpty else { continue }
      if ancestor.classValue == nil || ancestor.classValue?.module == nil {
        base = pydanticType(ancestor) ?? named(ancestor, name)
        break
      }
      if let known = pydanticType(ancestor) {
        base = known
        break
      }
    }
    if let own = customSchema(of: .classObject(object), over: base) { return own }
    return base
  }

  /// What `__get_pydantic_json_schema__` of a class or of an annotation makes of a schema, run on paper; nil when there
  /// is none.
  func customSchema(of value: PythonValue, over schema: CoreSchema) -> CoreSchema? {
    guard let method = ownMethod("__get_pydantic_json_schema__", of: value) else { return nil }
    // The schema that is changed is not known here: an empty object takes the changes.
    let handler = NativeFunction(name: "pydantic.GetJsonSchemaHandler") { _, _, _ in .dictionary(DictionaryObject([])) }
    let result = interpreter.call(
      method, CallArguments(positional: [.unknown(UnknownObject(text: "core_schema")), .native(handler)]))
    guard let members = encoder.json(result)?.members else {
      note("a method changes the schema of `\(value.instanceValue?.type.typeName ?? value.typeName ?? "a type")`")
      return schema
    }
    if members.contains(where: { $0.key == "type" || $0.key == "anyOf" || $0.key == "$ref" }) {
      return CoreSchema(.fixed(.object(members)))
    }
    return CoreSchema(.patched(schema, members))
  }

  private func ownMethod(_ name: String, of value: PythonValue) -> PythonValue? {
    let type = value.classValue ?? value.instanceValue?.type.classValue
    guard let type else { return nil }
    let isOwn = type.order.contains { ancestor in
      guard let ancestor = ancestor.classValue, ancestor.module?.module != nil,
        !ancestor.moduleName.hasPrefix("pydantic")
      else { return false }
      return ancestor.namespace[name] != nil
    }
    return isOwn ? interpreter.attribute(name, of: value) : nil
  }
}
