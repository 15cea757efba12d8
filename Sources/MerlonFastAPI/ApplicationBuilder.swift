import MerlonAPI
import MerlonBase

/// Describes application objects: routes, middleware, handlers and documentation.
final class ApplicationBuilder {
  let interpreter: Interpreter
  let routes: RouteBuilder
  private let guards: GuardPass?
  private var mounted: Set<ObjectIdentifier> = []
  private var builderLimits: [Limit] = []

  init(interpreter: Interpreter, variables: VariableNames, guards: GuardPass? = nil) {
    self.interpreter = interpreter
    self.guards = guards
    routes = RouteBuilder(interpreter: interpreter, variables: variables, guards: guards)
  }

  var limits: [Limit] { routes.limits + builderLimits }

  /// Whether an application that was built holds this one below a mount.
  func isMounted(_ application: InstanceObject) -> Bool { mounted.contains(ObjectIdentifier(application)) }

  func build(_ found: FoundApplication) -> Application {
    var application = Application(module: found.module, name: found.name)
    application.location = found.instance.site?.location
    let object = ObjectReader(.instance(found.instance), interpreter)
    (application.info, application.servers) = DocumentBuilder.info(of: found.instance, interpreter: interpreter)
    application.documentation.openAPI = object.text("openapi_url")
    if application.documentation.openAPI != nil {
      application.documentation.docs = object.text("docs_url")
      application.documentation.redoc = object.text("redoc_url")
    }
    let document = DocumentBuilder(
      interpreter: interpreter, fields: routes.fields,
      separatesInputAndOutput: object.flag("separate_input_output_schemas") ?? true)
    for record in withoutUnplaced(records(of: .instance(found.instance)), found) {
      noteMount(record)
      guard let built = routes.build(record) else { continue }
      if let input = built.document, built.route.mountedAt == nil {
        document.add(input, route: application.routes.count)
      }
      application.routes.append(built.route)
    }
    if let webhooks = object["webhooks"] {
      for record in records(of: webhooks) {
        guard let built = routes.build(record) else { continue }
        if let input = built.document { document.add(input, webhook: application.webhooks.count) }
        application.webhooks.append(built.route)
      }
    }
    MiddlewareReader(interpreter: interpreter, guards: guards).read(object, into: &application)
    guards?.finish(&application)
    document.finish(&application)
    builderLimits += document.limits
    return application
  }

  /// The flat routing table, by the runtime models.
  private func records(of object: PythonValue) -> [PythonValue] {
    guard let module = interpreter.importModule("merlon_runtime_routes"),
      let function = interpreter.attribute("effective_routes", of: .module(module))
    else { return [] }
    return PythonSequence.elements(
      of: interpreter.call(function, CallArguments(positional: [object])), interpreter)
  }

  /// Leaves out the mount at a path that is not known where the same application stands at a known one too: of the
  /// branches of a condition the one that can be shown is shown, and the other is a limit.
  private func withoutUnplaced(_ records: [PythonValue], _ found: FoundApplication) -> [PythonValue] {
    var placed: Set<ObjectIdentifier> = []
    for record in records {
      let reader = ObjectReader(record, interpreter)
      if reader.text("kind") == "mount", reader.text("path") != nil, case .instance(let app)? = reader["app"] {
        placed.insert(ObjectIdentifier(app))
      }
    }
    var isSkipping = false
    return records.filter { record in
      let reader = ObjectReader(record, interpreter)
      if reader.text("kind") == "mount", reader.text("path") == nil, case .instance(let app)? = reader["app"],
        placed.contains(ObjectIdentifier(app))
      {
        isSkipping = true
        let location = found.instance.site?.location
        builderLimits.append(
          Limit(
            kind: "computed-path",
            message: "`\(found.name)` mounts an application at a path that is only known at run time, too",
            path: location?.path, position: location?.start))
        return false
      }
      if isSkipping, reader.text("mounted_at") == nil, let at = reader["mounted_at"], !at.isNone { return false }
      isSkipping = false
      return true
    }
  }

  private func noteMount(_ record: PythonValue) {
    guard case .instance(let instance)? = ObjectReader(record, interpreter)["app"] else { return }
    mounted.insert(ObjectIdentifier(instance))
  }
}

/// Reads middleware, CORS policies and exception handlers of an application object.
struct MiddlewareReader {
  let interpreter: Interpreter
  let guards: GuardPass?

  func read(_ object: ObjectReader, into application: inout Application) {
    for item in object.elements("user_middleware") {
      let entry = ObjectReader(item, interpreter)
      guard let type = entry["cls"] else { continue }
      var middleware = Middleware(className: CallableReference(type, interpreter).fullName)
      let arguments = keywords(entry["kwargs"])
      for (name, value) in arguments { middleware.arguments[name] = PythonText.representation(of: value) }
      if let dispatch = arguments["dispatch"] {
        middleware.function = CallableReference(dispatch, interpreter).reference
      }
      if case .instance(let instance) = item { middleware.location = instance.site?.location }
      middleware.guardFacts = guards?.facts(
        ofMiddleware: type, arguments: arguments, at: application.middleware.count)
      application.middleware.append(middleware)
      if middleware.className.hasSuffix("CORSMiddleware") { application.cors.append(policy(arguments)) }
    }
    guard case .dictionary(let handlers)? = object["exception_handlers"] else { return }
    for entry in handlers.entries {
      let handler = CallableReference(entry.value, interpreter).reference
      // Those that the framework sets itself.
      guard !handler.module.hasPrefix("fastapi."), !handler.module.hasPrefix("starlette.") else { continue }
      let exception =
        PlainValue.integer(of: entry.key).map(String.init) ?? CallableReference(entry.key, interpreter).fullName
      application.exceptionHandlers.append(ExceptionHandler(exception: exception, handler: handler))
    }
  }

  private func keywords(_ value: PythonValue?) -> [String: PythonValue] {
    guard case .dictionary(let dictionary)? = value else { return [:] }
    var found: [String: PythonValue] = [:]
    for entry in dictionary.entries {
      if let name = PlainValue.text(of: entry.key) { found[name] = entry.value }
    }
    return found
  }

  /// With the defaults of Starlette's class where nothing is given.
  private func policy(_ arguments: [String: PythonValue]) -> CORSPolicy {
    var policy = CORSPolicy()
    if let value = arguments["allow_origins"] { policy.allowOrigins = texts(value) }
    if let value = arguments["allow_methods"] { policy.allowMethods = texts(value) }
    if let value = arguments["allow_headers"] { policy.allowHeaders = texts(value) }
    if let value = arguments["allow_credentials"] { policy.allowCredentials = PlainValue.flag(of: value) }
    if let value = arguments["allow_origin_regex"] { policy.allowOriginRegex = PlainValue.text(of: value) }
    return policy
  }

  /// Nil where an element is not known.
  private func texts(_ value: PythonValue) -> [String]? {
    switch value {
    case .unknown: return nil
    case .string(let text): return [text]
    case .list(let list) where list.isOpen: return nil
    default: break
    }
    let elements = PythonSequence.elements(of: value, interpreter)
    let texts = elements.compactMap { PlainValue.text(of: $0) }
    return texts.count == elements.count ? texts : nil
  }
}
