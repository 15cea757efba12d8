import MerlonAPI
import MerlonBase
import MerlonProgram
import MerlonPython

/// A route of the model, and what the document builder needs to complete it.
struct BuiltRoute {
  var route: Route
  /// Nil for what is not in the document.
  var document: RouteDocumentInput?
}

/// Makes routes of the model from the records that the runtime models give (`merlon_runtime_routes.EffectiveRoute`).
final class RouteBuilder {
  let interpreter: Interpreter
  let fields: ModelFields
  let signatures: CallableSignatures
  let dependants: DependantBuilder
  let variables: VariableNames
  private let typeText: TypeText
  private let shape: TypeShape
  private let returns: ReturnTypes
  private let guards: GuardPass?
  private(set) var limits: [Limit] = []
  private var unknownRouters: Set<String> = []

  init(interpreter: Interpreter, variables: VariableNames, guards: GuardPass? = nil) {
    self.interpreter = interpreter
    self.guards = guards
    self.variables = variables
    fields = ModelFields(interpreter: interpreter)
    signatures = CallableSignatures(interpreter: interpreter, fields: fields)
    dependants = DependantBuilder(interpreter: interpreter, signatures: signatures)
    typeText = TypeText(interpreter: interpreter)
    shape = TypeShape(interpreter: interpreter)
    returns = ReturnTypes(interpreter: interpreter, signatures: signatures)
  }

  /// Nil for records of an unknown kind.
  func build(_ value: PythonValue) -> BuiltRoute? {
    let record = ObjectReader(value, interpreter)
    guard let kind = record.text("kind").flatMap({ Route.Kind(rawValue: $0) }) else { return nil }
    var route = Route(kind: kind, path: "", methods: record.texts("methods").sorted())
    route.name = record.text("name")
    route.mountedAt = record.text("mounted_at")
    route.routeClass = record["route_class"].flatMap(TypeName.canonical(of:)).map(TypeName.last)
    guard let object = record["route"] else { return nil }
    if case .unknown(let unknown) = object {
      // The routes of a router that is not known: one note, no invented routes.
      if unknownRouters.insert(record.text("path") ?? "").inserted, unknownRouters.count == 1 {
        let location = unknown.site?.location
        limits.append(
          Limit(
            kind: "unknown-router",
            message: "an included router comes from code that is not read: its routes are missing",
            path: location?.path, position: location?.start))
      }
      return nil
    }
    if case .instance(let instance) = object {
      route.conditions = instance.conditions
      route.location = instance.site?.location
    }
    route.path = path(record, route)
    switch kind {
    case .http: return operation(record, route)
    case .websocket: return webSocket(record, route)
    case .frontend: return frontend(record, route)
    case .starlette:
      setEndpoint(record, &route)
      route.isInSchema = record.flag("include_in_schema") ?? true
      return BuiltRoute(route: route)
    case .mount, .host:
      if let app = record["app"] { route.mountedClass = className(of: app) }
      route.directory = record["directory"].map { PlainValue.text(of: $0) ?? PythonText.representation(of: $0) }
      route.isInSchema = false
      return BuiltRoute(route: route)
    }
  }

  private func className(of app: PythonValue) -> String {
    switch app {
    case .instance(let instance): TypeName.canonical(of: instance.type) ?? "object"
    default: CallableReference(app, interpreter).fullName
    }
  }

  private func path(_ record: ObjectReader, _ route: Route) -> String {
    guard let value = record["path"] else { return "" }
    if let text = PlainValue.text(of: value) { return text }
    guard case .unknown(let unknown) = value else { return "{?path}" }
    let text = unknown.isTemplate ? unknown.text : "{?\(unknown.text)}"
    let location = route.location ?? unknown.site?.location
    limits.append(
      Limit(
        kind: "computed-path", message: "the path of a route is made at run time and is shown as `\(text)`",
        path: location?.path, position: location?.start))
    return text
  }

  private func setEndpoint(_ record: ObjectReader, _ route: inout Route) {
    guard let endpoint = record["endpoint"] else { return }
    let reference = CallableReference(endpoint, interpreter).reference
    route.endpoint = reference
    guards?.fill(&route, endpoint: endpoint)
    if route.location == nil { route.location = reference.location }
  }

  // MARK: Kinds

  private func declared(_ record: ObjectReader) -> [(dependency: PythonValue, level: DeclarationLevel)] {
    let levels = record.texts("levels")
    return record.elements("dependencies").enumerated().map { index, dependency in
      let level = index < levels.count ? DeclarationLevel(rawValue: levels[index]) : nil
      return (dependency, level ?? .route)
    }
  }

  private func webSocket(_ record: ObjectReader, _ route: Route) -> BuiltRoute {
    var route = route
    route.isInSchema = false
    setEndpoint(record, &route)
    // Starlette's own WebSocket routes call their endpoint as it is.
    let isPlain = record["route"].map { ObjectReader($0, interpreter).text("merlon_kind") } == "starlette_websocket"
    if !isPlain, let endpoint = record["endpoint"] {
      let dependant = dependants.endpoint(endpoint, path: route.path, declared: declared(record))
      _ = fill(&route, from: dependant)
    }
    return BuiltRoute(route: route)
  }

  private func frontend(_ record: ObjectReader, _ route: Route) -> BuiltRoute {
    var route = route
    route.isInSchema = false
    route.directory = record["directory"].map { PlainValue.text(of: $0) ?? PythonText.representation(of: $0) }
    let nothing = PythonValue.library("fastapi.routing._frontend_dependency_endpoint")
    _ = fill(&route, from: dependants.endpoint(nothing, path: "", declared: declared(record)))
    return BuiltRoute(route: route)
  }

  private func fill(_ route: inout Route, from dependant: Dependant) -> FlatDependant {
    let flat = FlatDependant(dependant, interpreter: interpreter, variables: variables)
    route.dependencies = flat.dependencies
    route.security = flat.security
    route.parameters = flat.parameters
    guards?.fill(&route, callables: flat.callables)
    return flat
  }

  private func operation(_ record: ObjectReader, _ route: Route) -> BuiltRoute {
    var route = route
    setEndpoint(record, &route)
    guard let endpoint = record["endpoint"] else { return BuiltRoute(route: route) }
    let dependant = dependants.endpoint(endpoint, path: route.path, declared: declared(record))
    let flat = fill(&route, from: dependant)
    route.tags = record.texts("tags")
    route.isInSchema = record.flag("include_in_schema") ?? true
    route.isDeprecated = record.flag("deprecated") ?? false
    route.maxBodySize = record.integer("max_body_size")
    describe(record, endpoint, &route)

    let (responseClass, isGiven) = placeholder(record["response_class"])
    if isGiven { route.response.responseClass = responseClass.flatMap(TypeName.canonical(of:)) }
    route.response.statusCode = record.integer("status_code")
    var answer = returns.answer(of: endpoint, responseClass: isGiven ? responseClass : nil)
    let (model, isModelGiven) = placeholder(record["response_model"])
    if isModelGiven || record["response_model"] == nil {
      answer.model = model
    } else {
      route.response.isModelFromAnnotation = answer.model != nil
    }
    route.response.model = answer.model.map { typeText.text(of: $0) }
    for name in Self.filters {
      guard let value = record[name] else { continue }
      if case .bool(let flag) = value, flag == (name == "response_model_by_alias") { continue }
      route.response.filters[name] = PythonText.representation(of: value)
    }
    let uniqueID = uniqueID(record, route)
    route.operationID = route.operationID ?? uniqueID

    var document = RouteDocumentInput()
    document.uniqueID = uniqueID
    document.responseModel = answer.model
    document.streamItem = answer.streamItem
    document.streamsJSON = answer.streamsJSON
    document.streamsEvents = answer.streamsEvents
    document.statusCode = route.response.statusCode
    document.responseClass = responseClass
    document.responses = record["responses"]
    document.responseDescription = record["response_description"]
    document.openAPIExtra = record["openapi_extra"]
    document.securitySchemes = flat.schemes
    addFields(of: flat, to: &document)
    document.callbacks = callbacks(record)
    return BuiltRoute(route: route, document: route.isInSchema ? document : nil)
  }

  private static let filters = [
    "response_model_include", "response_model_exclude", "response_model_by_alias", "response_model_exclude_unset",
    "response_model_exclude_defaults", "response_model_exclude_none",
  ]

  /// What a `DefaultPlaceholder` stands for, and whether somebody gave the value.
  private func placeholder(_ value: PythonValue?) -> (value: PythonValue?, isGiven: Bool) {
    guard let value else { return (nil, false) }
    guard case .instance(let instance) = value,
      interpreter.isSubclass(instance.type, of: "fastapi.datastructures.DefaultPlaceholder")
    else { return (value, true) }
    return (ObjectReader(value, interpreter)["value"], false)
  }

  // MARK: Texts

  private func describe(_ record: ObjectReader, _ endpoint: PythonValue, _ route: inout Route) {
    route.operationID = record.text("operation_id")
    let name = route.name ?? ""
    route.summary = record.text("summary") ?? DocumentText.title(String(name.map { $0 == "_" ? " " : $0 }))
    var description = record.text("description") ?? ""
    if description.isEmpty, let docstring = Docstring.of(endpoint, interpreter) {
      description = DocumentText.cleaned(docstring)
    }
    description = DocumentText.description(description)
    route.description = description.isEmpty ? nil : description
  }

  private func uniqueID(_ record: ObjectReader, _ route: Route) -> String {
    if let given = record.text("operation_id") { return given }
    let (function, isGiven) = placeholder(record["generate_unique_id_function"])
    if isGiven, let function, case .instance(let instance) = record.object {
      instance.attributes["path_format"] = .string(DocumentText.withoutConvertors(route.path))
      let made = interpreter.call(function, CallArguments(positional: [record.object]))
      if let text = PlainValue.text(of: made) { return text }
    }
    return DocumentText.uniqueID(name: route.name ?? "", path: route.path, methods: route.methods)
  }

  // MARK: The document's fields

  private func addFields(of flat: FlatDependant, to document: inout RouteDocumentInput) {
    for (index, field) in flat.fields.enumerated() {
      switch field.place {
      case .path, .query, .header, .cookie: addParameter(field, index: index, to: &document)
      case .body, .form, .file: break
      }
    }
    document.body = flat.bodyFields.map {
      BodyInput(field: $0.info, name: $0.name, alias: $0.wireName, place: $0.place)
    }
    document.embedsBody = embedsBody(flat.bodyFields)
  }

  /// A model of parameters stands for its fields since 0.115.
  private func addParameter(_ field: DependantField, index: Int, to document: inout RouteDocumentInput) {
    if field.place != .path, interpreter.options.fastAPIVersion >= FrameworkVersion(0, 115),
      let model = modelType(field.annotation), let inner = fields.fields(of: model)
    {
      for member in inner where !member.isComputed {
        document.parameters.append(
          ParameterInput(
            index: index, field: member.info, name: member.name, alias: member.validationAlias, model: model,
            convertsUnderscores: field.info.flag("convert_underscores") != false))
      }
      return
    }
    document.parameters.append(
      ParameterInput(index: index, field: field.info, name: field.name, alias: field.wireName, model: nil))
  }

  /// The model of `Model` and `Model | None`.
  private func modelType(_ type: PythonValue) -> PythonValue? {
    if case .union(let members) = TypeForm(type) {
      let others = members.filter { if case .none = TypeForm($0) { false } else { true } }
      guard others.count == 1, members.count == 2, let only = others.first else { return nil }
      return shape.isSubclass(only, of: [TypeShape.model]) ? only : nil
    }
    return shape.isSubclass(type, of: [TypeShape.model]) ? type : nil
  }

  /// `_should_embed_body_fields`.
  private func embedsBody(_ fields: [DependantField]) -> Bool {
    guard let first = fields.first else { return false }
    if Set(fields.map(\.name)).count > 1 || first.isEmbedded { return true }
    if isFormModel(first),
      fields.dropFirst().contains(where: {
        !isFormModel($0) || !TypeName.isSame($0.annotation, first.annotation)
      })
    {
      return true
    }
    return first.place != .body && !shape.isSubclass(first.annotation, of: [TypeShape.model]) && !isFormModel(first)
  }

  private func isFormModel(_ field: DependantField) -> Bool {
    guard field.place == .form, !field.isEmbedded else { return false }
    if modelType(field.annotation) != nil { return true }
    guard case .union(let members) = TypeForm(field.annotation) else { return false }
    let others = members.filter { if case .none = TypeForm($0) { false } else { true } }
    return others.count > 1
      && others.allSatisfy { member in
        if case .annotated(let inner, _) = TypeForm(member) { return shape.isSubclass(inner, of: [TypeShape.model]) }
        return shape.isSubclass(member, of: [TypeShape.model])
      }
  }

  private func callbacks(_ record: ObjectReader) -> [CallbackInput] {
    record.elements("callbacks").compactMap { value in
      guard case .instance(let instance) = value,
        interpreter.isSubclass(instance.type, of: "fastapi.routing.APIRoute"),
        let module = interpreter.importModule("merlon_runtime_routes"),
        let describe = interpreter.attribute("_operation", of: .module(module))
      else { return nil }
      let path = instance.attributes["path"] ?? .string("")
      let made = interpreter.call(describe, CallArguments(positional: [value, .none, path]))
      guard let built = build(made), let document = built.document else { return nil }
      return CallbackInput(name: built.route.name ?? "", route: built.route, input: document)
    }
  }
}

/// The docstring that a callable carries.
enum Docstring {
  static func of(_ callable: PythonValue, _ interpreter: Interpreter) -> String? {
    // A partial carries that of `functools.partial`, which says nothing of the operation.
    if CallableReference.partialFunction(callable, interpreter) != nil { return nil }
    if let value = interpreter.attribute("__doc__", of: callable), case .string(let text) = value { return text }
    switch CallableReference.innermost(callable, interpreter) {
    case .function(let function): return of(function.node, function.module.module?.tree)
    case .method(let method):
      guard case .function(let function) = method.function else { return nil }
      return of(function.node, function.module.module?.tree)
    case .classObject(let object): return of(object.node, object.module?.module?.tree)
    case .instance(let instance):
      guard case .classObject(let object) = instance.type else { return nil }
      return of(object.node, object.module?.module?.tree)
    default: return nil
    }
  }

  /// That of the class's own body, not of what it calls.
  static func own(of object: ClassObject) -> String? { of(object.node, object.module?.module?.tree) }

  private static func of(_ node: NodeID, _ tree: Tree?) -> String? {
    guard let tree, !node.isNone else { return nil }
    let body: ListID
    switch tree.kind(node) {
    case .functionDef, .asyncFunctionDef: body = tree.functionDef(node).body
    case .classDef: body = tree.classDef(node).body
    default: return nil
    }
    guard let first = tree[body].first, tree.kind(first) == .expr else { return nil }
    return tree.stringValue(tree.value(first))
  }
}
