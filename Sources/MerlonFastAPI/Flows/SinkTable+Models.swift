import MerlonBase
import MerlonFlow
import MerlonModels
import MerlonProgram

/// What models say of the way of values: sanitisers and functions that hand text on.
extension SinkTable {
  /// What a model says of the callee, where it says anything of flows. Of the project's own code only its own models
  /// are asked.
  func said(of call: FlowCall) -> LibraryEntity? {
    guard call.function == nil && call.constructedClass == nil || models.hasOwnFiles,
      let name = call.target?.qualifiedName, let entity = models.entity(name),
      entity.propagates || !entity.cleans.isEmpty
    else { return nil }
    return entity
  }

  /// The marks of a sanitiser.
  func marks(_ kinds: Set<String>) -> FlowValue.Passed {
    kinds.reduce(into: []) { $0.formUnion(Self.marks[$1] ?? ownMark($1)) }
  }

  /// The mark of a kind that only the models of the project know.
  func ownMark(_ kind: String) -> FlowValue.Passed {
    models.ownSanitizerKinds.firstIndex(of: kind).map { .own($0) } ?? []
  }

  private static let marks: [String: FlowValue.Passed] = [
    "all": .allowListed, "number": .number, "path": .contained, "html": .html, "url": .urlPart, "shell": .shell,
    "pattern": .pattern, "ldap": .ldap, "xpath": .xpath, "sql": .sql, "header": .oneLine, "log": .oneLine,
  ]
}
