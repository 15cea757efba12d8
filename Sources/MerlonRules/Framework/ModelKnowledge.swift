package import MerlonModels
package import MerlonProgram

/// Lets the program layer ask the library models for names and types.
package struct ModelKnowledge: LibraryKnowledge {
  private let models: LibraryModels

  package init(models: LibraryModels) { self.models = models }

  package func canonicalName(_ name: String) -> String { models.canonicalName(name) }

  package func returnType(ofCallable name: String) -> TypeReference? {
    models.entity(name)?.returns.map { TypeReference($0) }
  }

  package func attributeType(of name: String) -> TypeReference? {
    models.entity(name)?.type.map { TypeReference($0) }
  }

  package func bases(ofClass name: String) -> [String]? {
    guard let entity = models.entity(name), entity.kind == .class else { return nil }
    return entity.bases
  }
}
