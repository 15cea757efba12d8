package import MerlonModels

/// What the library models tell, for the resolution of names.
package struct ModelledLibraries: LibraryKnowledge {
  private let models: LibraryModels

  package init(_ models: LibraryModels) { self.models = models }

  package func canonicalName(_ name: String) -> String { models.canonicalName(name) }

  package func returnType(ofCallable name: String) -> TypeReference? {
    guard let entity = models.entity(name) else { return nil }
    switch entity.kind {
    case .class: return TypeReference(entity.name)
    case .function: return entity.returns.map { TypeReference($0) }
    case .constant: return nil
    }
  }

  package func saysHowTextFlows(through name: String) -> Bool {
    guard let entity = models.entity(name) else { return false }
    return entity.propagates || entity.source != nil || !entity.cleans.isEmpty
  }

  package func attributeType(of name: String) -> TypeReference? {
    guard let entity = models.entity(name), entity.kind == .constant else { return nil }
    return entity.type.map { TypeReference($0) }
  }

  package func bases(ofClass name: String) -> [String]? {
    guard let entity = models.entity(name), entity.kind == .class else { return nil }
    return entity.bases
  }
}
