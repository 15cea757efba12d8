import MerlonAPI
import MerlonBase
import MerlonProgram
import MerlonPython

extension ModelContext {
  /// Where the classes of an operation's body are defined, for evidence beside the place that spreads them.
  func bodyClasses(of operation: Operation) -> [FlowStep] {
    guard let program else { return [] }
    var result: [FlowStep] = []
    for parameter in operation.route.parameters where parameter.place == .body || parameter.place == .form {
      guard let place = parameter.location, let module = module(at: place),
        let annotation = annotation(of: parameter.name, at: place, module)
      else { continue }
      for type in program.semantics(of: module).annotationTypes(annotation) {
        guard let definition = type.definition, let owner = program.module(definition.module) else { continue }
        result.append(
          FlowStep(
            location: owner.location(definition.node),
            message: "`\(type.qualifiedName.split(separator: ".").last ?? "")` says what the caller may send"))
      }
    }
    return result
  }

  private func annotation(of name: String, at place: SourceLocation, _ module: Module) -> NodeID? {
    let tree = module.tree
    var found: NodeID?
    tree.walk(tree.root) { node in
      guard found == nil else { return false }
      if tree.kind(node) == .arg, tree.text(tree.arg(node).name) == name {
        let range = tree.range(node)
        if range.start <= place.range.start, place.range.start < range.end { found = tree.arg(node).annotation }
      }
      return true
    }
    return found.flatMap { $0.isNone ? nil : $0 }
  }
}
