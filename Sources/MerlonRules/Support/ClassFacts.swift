import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

extension RuleContext {
  /// True when a class of this module is, or inherits from, a class with a concept.
  func isClass(_ node: NodeID, _ concept: Concept) -> Bool {
    semantics.classOrder(of: node).contains { entity(named: $0.qualifiedName)?.concepts.contains(concept) == true }
  }

  /// True for Pydantic models and settings.
  func isModelClass(_ node: NodeID) -> Bool { isClass(node, .modelBase) }

  /// True for classes whose fields are filled from the environment.
  func isSettingsClass(_ node: NodeID) -> Bool { isClass(node, .settingsBase) }

  /// True for subclasses of `enum.Enum`.
  func isEnumeration(_ node: NodeID) -> Bool {
    semantics.classOrder(of: node).contains {
      ["enum.Enum", "enum.StrEnum", "enum.IntEnum", "enum.Flag"].contains($0.qualifiedName)
    }
  }

  /// The annotated fields of a class: name, the statement, annotation and default.
  func fields(ofClass node: NodeID) -> [(name: String, node: NodeID, annotation: NodeID, default: NodeID)] {
    tree[tree.classDef(node).body].compactMap { statement in
      guard tree.kind(statement) == .annAssign else { return nil }
      let assign = tree.annAssign(statement)
      guard tree.kind(assign.target) == .name else { return nil }
      return (tree.text(tree.nameID(assign.target)), statement, assign.annotation, assign.value)
    }
  }
}
