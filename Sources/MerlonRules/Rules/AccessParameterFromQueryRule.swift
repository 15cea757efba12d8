import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for parameters of dependencies that FastAPI fills from the query string although they decide about access:
/// `is_admin: bool = False` without a marker is the caller's to set.
struct AccessParameterFromQueryRule: ModelRule {
  static let weakness = Weakness.accessParameterFromQuery

  func check(_ model: APIModel, in context: ModelContext) {
    for operation in context.operations {
      let handler = operation.route.endpoint?.fullName ?? ""
      for parameter in operation.route.parameters
      where parameter.isUnmarked && parameter.place == .query && parameter.declaredBy != handler {
        guard decides(parameter), let dependency = context.guardsByName[parameter.declaredBy],
          // The maker of a guard, handed over uncalled, is told by itself.
          !context.isReported(["MRL202", "MRL203"], in: operation.definition), !context.isMaker(dependency.callable),
          !context.isNamed(dependency.callable.qualifiedName, inFindingsOf: "MRL203"),
          !(dependency.kind == .class && dependency.callable.module.hasPrefix("fastapi."))
        else { continue }
        let place = parameter.location ?? dependency.callable.location.map(context.head)
        context.report(
          Self.weakness, on: operation, at: place,
          "`\(parameter.name)` of `\(dependency.callable.qualifiedName)` is a query parameter: the caller decides it",
          subject: parameter.name, effects: operation.changes)
      }
    }
  }

  /// True for names that grant something when they are true or chosen.
  private func decides(_ parameter: Parameter) -> Bool {
    let words = Set(SensitiveNames.words(of: parameter.name))
    if parameter.content == .boolean {
      return !words.isDisjoint(with: [
        "admin", "superuser", "staff", "authenticated", "authorized", "trusted", "internal", "bypass", "privileged",
        "root", "moderator", "owner", "verified",
      ]) || words.isSuperset(of: ["skip", "auth"]) || words.isSuperset(of: ["require", "auth"])
        || words.isSuperset(of: ["auth", "required"]) || words.isSuperset(of: ["check", "permissions"])
        || words.isSuperset(of: ["verify", "signature"]) || words.isSuperset(of: ["optional", "auth"])
    }
    if parameter.content == .model { return false }
    return [
      "role", "roles", "required_role", "permission", "permissions", "required_permission", "min_role", "scopes",
      "required_scopes", "allowed_roles",
    ].contains(parameter.name)
  }
}
