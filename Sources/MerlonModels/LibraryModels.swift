internal import CMerlonData
package import MerlonBase
package import MerlonCatalog

/// Everything that Merlon knows about libraries: the stub files of the binary and those that a user adds.
///
/// **Invariant:** a model names concepts, never rules; a rule names concepts, never libraries.
package final class LibraryModels: Sendable {
  private let entities: [String: LibraryEntity]
  private let aliases: [String: String]
  private let namesByConcept: [Concept: Set<String>]
  /// What is wrong with the model files, with places; empty for those of the binary (a test says so).
  package let problems: [Problem]
  /// Rules that the files declare; those of the binary declare none.
  package let rules: [OwnRule]
  /// Kinds of sources and of sanitisers that are named, in the order of the alphabet.
  package let sourceKinds: [String]
  package let ownSanitizerKinds: [String]
  /// Kinds of sources that only the project's models name.
  package var ownSourceKinds: [String] { sourceKinds.filter { !FlowWords.sources.contains($0) } }
  /// True when the project says something of its own.
  package let hasOwnFiles: Bool
  /// Tells models of a project from others; empty where it has none.
  package let ownDigest: String

  /// The models that travel inside the binary.
  package static let builtIn = LibraryModels(files: builtInFiles())

  /// The models of the binary, and those of a project.
  package static func builtIn(with own: [(path: String, bytes: [UInt8])]) -> LibraryModels {
    own.isEmpty ? builtIn : LibraryModels(files: builtInFiles() + own, ownFiles: own.count)
  }

  /// - Parameter files: path below the model folder (`jwt/__init__.pyi`) and text of each file.
  /// - Parameter ownFiles: how many of the files, counted from the end, a project has written.
  package init(files: [(path: String, bytes: [UInt8])], ownFiles: Int = 0) {
    hasOwnFiles = ownFiles > 0
    ownDigest = files.suffix(ownFiles).map { "\($0.path) \(SHA256.digest($0.bytes))" }.joined(separator: "\n")
    var entities: [String: LibraryEntity] = [:]
    var aliases: [String: String] = [:]
    var problems: [Problem] = []
    var rules: [OwnRule] = []
    var ownByName: Set<String> = []
    for (index, file) in files.enumerated() {
      var reader = StubReader(path: file.path, bytes: file.bytes)
      let output = reader.read()
      problems += output.problems
      for rule in output.rules {
        if rules.contains(where: { $0.id == rule.id }) {
          problems.append(
            Problem(path: file.path, position: rule.position, message: "the rule \(rule.id) is declared twice"))
        } else {
          rules.append(rule)
        }
      }
      let isOwn = index >= files.count - ownFiles
      for entity in output.entities {
        // Overloads: the first definition names the parameters, all give concepts.
        // What a project says replaces what the binary says.
        let isFirst = isOwn && ownByName.insert(entity.name).inserted
        entities[entity.name] = entity.adding(isFirst ? nil : entities[entity.name])
      }
      for alias in output.aliases where alias.name != alias.target { aliases[alias.name] = alias.target }
    }
    self.aliases = aliases
    self.rules = rules
    sourceKinds = Set(entities.values.compactMap(\.source)).sorted()
    ownSanitizerKinds = Set(entities.values.flatMap(\.cleans)).subtracting(FlowWords.sanitizers).sorted()
    self.problems = problems + FlowWords.problems(entities, rules: rules, ownSanitizers: ownSanitizerKinds)
    self.entities = LibraryModels.completed(entities, aliases: aliases)
    var names: [Concept: Set<String>] = [:]
    for entity in self.entities.values {
      let last = entity.name.split(separator: ".").last.map(String.init) ?? entity.name
      for concept in entity.concepts { names[concept, default: []].insert(last) }
    }
    self.namesByConcept = names
  }

  /// The name under which the library defines what `name` denotes; `name` itself when no model knows it.
  package func canonicalName(_ name: String) -> String {
    LibraryModels.canonicalName(name, entities: entities, aliases: aliases)
  }

  /// What the models say of a dotted name, re-exports and inheritance followed.
  package func entity(_ name: String) -> LibraryEntity? {
    entities[canonicalName(name)]
  }

  /// The last parts of the names of everything with a concept: what code must spell to mean it, aliases aside.
  package func names(of concept: Concept) -> Set<String> { namesByConcept[concept] ?? [] }

  /// True when `name` is the class `base` or a subclass of it, as far as the models know.
  package func isSubclass(_ name: String, of base: String) -> Bool {
    var pending = [canonicalName(name)]
    var seen: Set<String> = []
    while let next = pending.popLast() {
      if next == base { return true }
      guard seen.insert(next).inserted, let entity = entities[next] else { continue }
      pending += entity.bases
    }
    return false
  }

  /// Follows re-exports of the longest known prefix, then inherited members, a bounded number of times.
  private static func canonicalName(
    _ name: String, entities: [String: LibraryEntity], aliases: [String: String]
  ) -> String {
    var name = name
    for _ in 0..<16 {
      if entities[name] != nil { return name }
      if let target = aliases[name] {
        name = target
        continue
      }
      guard let replaced = replacedPrefix(of: name, entities: entities, aliases: aliases) else { return name }
      name = replaced
    }
    return name
  }

  private static func replacedPrefix(
    of name: String, entities: [String: LibraryEntity], aliases: [String: String]
  ) -> String? {
    var prefix = name[...]
    while let dot = prefix.lastIndex(of: ".") {
      prefix = prefix[..<dot]
      let rest = name[dot...]
      if let target = aliases[String(prefix)] { return target + rest }
      guard let entity = entities[String(prefix)] else { continue }
      if entity.kind == .constant, let type = entity.type { return type + rest }
      if entity.kind == .class {
        let member = rest.dropFirst()
        guard !member.contains(".") else { continue }
        for base in linearBases(of: entity, entities: entities, aliases: aliases)
        where entities["\(base).\(member)"] != nil {
          return "\(base).\(member)"
        }
        return nil
      }
    }
    return nil
  }

  /// All base classes, nearest first.
  private static func linearBases(
    of entity: LibraryEntity, entities: [String: LibraryEntity], aliases: [String: String]
  ) -> [String] {
    var result: [String] = []
    var pending = entity.bases
    while !pending.isEmpty, result.count < 64 {
      var next = pending.removeFirst()
      for _ in 0..<16 { if let target = aliases[next] { next = target } else { break } }
      guard !result.contains(next) else { continue }
      result.append(next)
      pending += entities[next]?.bases ?? []
    }
    return result
  }

  /// Makes names of types canonical and lets classes inherit concepts and constructors.
  private static func completed(
    _ entities: [String: LibraryEntity], aliases: [String: String]
  ) -> [String: LibraryEntity] {
    var result = entities
    for (name, entity) in entities {
      var entity = entity
      entity.returns = entity.returns.map { canonicalName($0, entities: entities, aliases: aliases) }
      entity.type = entity.type.map { canonicalName($0, entities: entities, aliases: aliases) }
      if entity.kind == .class {
        let bases = linearBases(of: entity, entities: entities, aliases: aliases)
        for base in bases {
          guard let inherited = entities[base] else { continue }
          entity.concepts.formUnion(inherited.concepts)
          if entity.parameters.isEmpty { entity.parameters = inherited.parameters }
        }
        entity.bases = bases
      }
      result[name] = entity
    }
    return result
  }

  private static func builtInFiles() -> [(path: String, bytes: [UInt8])] {
    (0..<merlon_stub_count()).map { index in
      let file = merlon_stub_at(index).pointee
      return (String(cString: file.path), Array(UnsafeBufferPointer(start: file.bytes, count: file.count)))
    }
  }
}
