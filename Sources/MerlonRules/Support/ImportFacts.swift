import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

extension RuleContext {
  /// The first import statement of this module that brings in a library (or a part of one) with a concept.
  func firstImport(of concept: Concept) -> NodeID? {
    module.imports.sorted().first { statement in
      switch tree.kind(statement) {
      case .import:
        return tree.elements(statement).contains { isLibrary(tree.text(tree.alias($0).name), concept) }
      case .importFrom:
        let statement = tree.importFrom(statement)
        return statement.level == 0 && isLibrary(tree.text(statement.module), concept)
      default: return false
      }
    }
  }

  /// A library's concept stands on the module itself: `__library__: Annotated[…, Concept("…")]` in its stub.
  private func isLibrary(_ module: String, _ concept: Concept) -> Bool {
    let top = module.split(separator: ".").first.map(String.init) ?? module
    // The library itself, when it is what is scanned.
    if program.module(named: top) != nil { return false }
    return entity(named: "\(top).__library__")?.concepts.contains(concept) == true
  }
}
