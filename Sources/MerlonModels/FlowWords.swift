import MerlonBase

/// The words that models use of flows, and what is wrong with those that nothing reads.
package enum FlowWords {
  /// The source that is what a request brings.
  package static let request = "request"
  /// The source that is what a language model answers.
  package static let languageModel = "model"
  /// The source that is the names of an archive's members.
  package static let archive = "archive"

  /// Kinds of sources that Merlon's own rules know.
  package static let sources: Set<String> = [request, languageModel, archive]

  /// What a sanitiser can make harmless. Each is the kind of a place, but for `all`, and `number`, which stands for what
  /// holds no text at all.
  static let sanitizers: Set<String> = [
    "all", "number", "path", "html", "url", "shell", "pattern", "ldap", "xpath", "sql", "header", "log",
  ]

  /// A kind that is named once and read by no rule is most often misspelt.
  static func problems(_ entities: [String: LibraryEntity], rules: [OwnRule], ownSanitizers: [String]) -> [Problem] {
    let read = Set(SinkKind.known).union(rules.flatMap(\.sinks))
    let wanted = sources.union(rules.flatMap(\.sources))
    var result: [Problem] = []
    for entity in entities.values.sorted(by: { $0.name < $1.name }) {
      for kind in entity.parameters.flatMap(\.sinks) where !read.contains(kind) {
        result.append(
          Problem(
            path: entity.path, position: entity.position,
            message: "no rule reads the sink `\(kind.rawValue)`\(hint(kind.rawValue, read.map(\.rawValue)))"))
      }
      if let source = entity.source, !wanted.contains(source) {
        result.append(
          Problem(
            path: entity.path, position: entity.position,
            message: "no rule reads the source `\(source)`\(hint(source, Array(wanted)))"))
      }
      for kind in entity.cleans where !sanitizers.contains(kind) && !read.contains(SinkKind(rawValue: kind)) {
        result.append(
          Problem(
            path: entity.path, position: entity.position,
            message: "no rule reads the sanitizer `\(kind)`\(hint(kind, Array(sanitizers)))"))
      }
    }
    if ownSanitizers.count > 12 {
      result.append(Problem(message: "`\(ownSanitizers[12])`: models can name twelve kinds of sanitizers of their own"))
    }
    return result
  }

  private static func hint(_ word: String, _ known: [String]) -> String {
    Nearest.match(for: word, among: known.sorted()).map { "; `\($0)` is one" } ?? ""
  }
}

extension LibraryEntity {
  /// The entity with what another definition of it said (overloads).
  func adding(_ other: LibraryEntity?) -> LibraryEntity {
    guard let other else { return self }
    var result = other
    result.concepts.formUnion(concepts)
    result.marks.formUnion(marks)
    result.cleans.formUnion(cleans)
    result.source = result.source ?? source
    result.propagates = result.propagates || propagates
    return result
  }
}
