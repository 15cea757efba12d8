import MerlonAPI
import MerlonBase
import MerlonProgram

/// One reading of a program: finds its applications and describes them.
struct APIReading {
  let interpreter: Interpreter
  let options: APIReaderOptions

  func model() -> APIModel {
    var finder = ApplicationFinder(interpreter: interpreter, roles: options.roles)
    let found = finder.find()
    var variables = VariableNames()
    for module in interpreter.ranModules { variables.add(module) }
    let builder = ApplicationBuilder(
      interpreter: interpreter, variables: variables, guards: GuardPass(interpreter: interpreter, options: options))
    var model = APIModel()
    for application in found { model.applications.append(builder.build(application)) }
    for index in model.applications.indices {
      model.applications[index].isMounted = builder.isMounted(found[index].instance)
    }
    model.limits = interpreter.limits + builder.limits
    if !found.isEmpty { model.limits += UnusedRouters(interpreter: interpreter, options: options).limits(variables) }
    return model
  }
}

/// Routers with routes that no application includes.
struct UnusedRouters {
  let interpreter: Interpreter
  let options: APIReaderOptions

  func limits(_ variables: VariableNames) -> [Limit] {
    let included = Set(Registry.instances("INCLUDED", interpreter).map { ObjectIdentifier($0) })
    return Registry.instances("ROUTERS", interpreter).compactMap { router in
      guard !included.contains(ObjectIdentifier(router)), let site = router.site, !site.module.isInstalled,
        options.roles.contains(site.module.role), case .list(let routes)? = router.attributes["routes"],
        !routes.elements.isEmpty
      else { return nil }
      let name = variables.name(of: .instance(router)) ?? site.module.name
      let location = site.location
      return Limit(
        kind: "router-not-included",
        message: "no application includes the router `\(name)`: its \(routes.elements.count) routes are not in the map",
        path: location.path, position: location.start)
    }
  }
}
