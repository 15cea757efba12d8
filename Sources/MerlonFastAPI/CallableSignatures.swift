/// Signatures of callables as `inspect.signature` gives them to the framework, each read once.
final class CallableSignatures {
  let interpreter: Interpreter
  let fields: ModelFields
  private var known: [ObjectIdentifier: Signature?] = [:]
  /// Kept alive as long as their identity is a key.
  private var owners: [PythonValue] = []

  init(interpreter: Interpreter, fields: ModelFields) {
    self.interpreter = interpreter
    self.fields = fields
  }

  func signature(of callable: PythonValue) -> Signature? {
    guard let identity = callable.identity else { return read(callable) }
    if let found = known[identity] { return found }
    let found = read(callable)
    known[identity] = .some(found)
    owners.append(callable)
    return found
  }

  private func read(_ callable: PythonValue) -> Signature? {
    switch callable {
    case .classObject(let object):
      if let made = generated(object, type: callable) { return made }
    case .generic(let generic):
      guard case .classObject(let object) = generic.origin else { break }
      return generated(object, type: callable) ?? interpreter.signature(of: generic.origin)
    default: break
    }
    return interpreter.signature(of: callable)
  }

  /// Of models and dataclasses, whose `__init__` is made of their fields; nil where a class writes its own.
  private func generated(_ object: ClassObject, type: PythonValue) -> Signature? {
    for ancestor in object.order {
      guard case .classObject(let ancestor) = ancestor else { continue }
      if ancestor.hasWrittenInitializer, ancestor.namespace["__init__"] == nil { return dataclass(object) }
      if ancestor.fullName == TypeShape.model { return model(type) }
      if ancestor.namespace["__init__"] != nil { return nil }
    }
    return interpreter.isSubclass(type, of: TypeShape.model) ? model(type) : nil
  }

  /// `pydantic._internal._signature.generate_pydantic_signature`: one keyword for each field, metadata kept.
  private func model(_ type: PythonValue) -> Signature? {
    guard let fields = fields.fields(of: type) else { return nil }
    var signature = Signature()
    for field in fields where !field.isComputed {
      var annotation = field.annotation
      let metadata = field.info.metadata.map { item -> PythonValue in
        switch item {
        case .constraint(let name, let value):
          return .instance(InstanceObject(type: .library("annotated_types." + name), attributes: [name: value]))
        case .other(let value): return value
        }
      }
      if !metadata.isEmpty {
        annotation = .generic(
          GenericObject(origin: .library("typing.Annotated"), arguments: [annotation] + metadata))
      }
      let alias = field.validationAlias
      let name = alias.unicodeScalars.allSatisfy { $0.properties.isXIDContinue } && !alias.isEmpty ? alias : field.name
      signature.parameters.append(
        Signature.Parameter(
          name: name, kind: .keywordOnly, annotation: annotation,
          defaultValue: field.isRequired ? nil : field.defaultValue ?? .library("pydantic._HAS_DEFAULT_FACTORY"),
          site: nil))
    }
    return signature
  }

  /// The `__init__` that `dataclasses` writes: fields of the bases first.
  private func dataclass(_ object: ClassObject) -> Signature {
    var signature = Signature()
    for ancestor in object.order.reversed() {
      guard case .classObject(let ancestor) = ancestor else { continue }
      for annotation in ancestor.annotations {
        let type = interpreter.evaluate(annotation, of: ancestor)
        guard !isClassVariable(type) else { continue }
        var defaultValue = ancestor.namespace[annotation.name]
        var isTaken = true
        if let field = dataclassField(defaultValue) {
          defaultValue = field["default"]
          if field["default_factory"] != nil { defaultValue = .library("dataclasses._HAS_DEFAULT_FACTORY") }
          if case .bool(false)? = field["init"] { isTaken = false }
        }
        // attrs leaves the underscore of private fields out.
        let name = ancestor.isAttrs ? String(annotation.name.drop { $0 == "_" }) : annotation.name
        signature.parameters.removeAll { $0.name == name }
        guard isTaken else { continue }
        signature.parameters.append(
          Signature.Parameter(
            name: name, kind: .positionalOrKeyword, annotation: type, defaultValue: defaultValue,
            site: ancestor.module?.module.map { Site(module: $0, node: annotation.annotation) }))
      }
    }
    return signature
  }

  private func isClassVariable(_ type: PythonValue) -> Bool {
    switch TypeForm(type) {
    case .parametrized(_, let name, _), .named(let name): name == "typing.ClassVar"
    default: false
    }
  }

  /// Arguments of a `dataclasses.field(…)` call; nil for other values.
  private func dataclassField(_ value: PythonValue?) -> CallArguments? {
    guard case .instance(let instance)? = value, let name = TypeName.canonical(of: instance.type),
      name == "dataclasses.Field" || name == "dataclasses.field"
    else { return nil }
    var arguments = instance.arguments
    for name in ["default", "default_factory", "init"] where arguments[name] == nil {
      if let value = instance.attributes[name], !FieldMarker.isUnset(value) {
        arguments.keywords.append((name, value))
      }
    }
    return arguments
  }
}
