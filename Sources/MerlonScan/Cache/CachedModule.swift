import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython
import MerlonRules

/// What the rules of one module found, and what is asked of it later.
///
/// Nodes are kept as numbers: the outcome is only used where the module is what it was.
struct CachedModule: CacheCodable {
  private let findings: [Finding]
  private let calls: [Calls]
  private let posture: CachedPosture?

  init(_ outcome: ModuleOutcome) {
    findings = outcome.findings
    calls = outcome.calls.sorted { $0.key.rawValue < $1.key.rawValue }.map {
      Calls(concept: $0.key, calls: $0.value.map(CachedCall.init))
    }
    posture = outcome.posture.map(CachedPosture.init)
  }

  /// Nil where the models know a library no longer.
  func outcome(of module: Module, models: LibraryModels) -> ModuleOutcome? {
    var calls: [Concept: [ModelledCall]] = [:]
    for entry in self.calls {
      let restored = entry.calls.compactMap { $0.restored(models) }
      guard restored.count == entry.calls.count else { return nil }
      calls[entry.concept] = restored
    }
    return ModuleOutcome(module: module, findings: findings, calls: calls, posture: posture?.posture)
  }

  func write(to writer: inout CacheWriter) {
    writer.write(findings)
    writer.write(calls)
    writer.write(posture) { $0.write($1) }
  }

  init(from reader: inout CacheReader) throws(CacheDamage) {
    findings = try reader.readArray()
    calls = try reader.readArray()
    posture = try reader.readOptional { reader throws(CacheDamage) in try reader.read() }
  }

  private struct Calls: CacheCodable {
    let concept: Concept
    let calls: [CachedCall]

    init(concept: Concept, calls: [CachedCall]) {
      self.concept = concept
      self.calls = calls
    }

    func write(to writer: inout CacheWriter) {
      writer.write(concept.rawValue)
      writer.write(calls)
    }

    init(from reader: inout CacheReader) throws(CacheDamage) {
      concept = try reader.readCase()
      calls = try reader.readArray()
    }
  }
}

private struct CachedCall: CacheCodable {
  private let node: UInt32
  private let entity: String
  private let roles: [Argument]
  private let named: [Argument]
  private let isOpen: Bool

  init(_ call: ModelledCall) {
    node = call.node.index
    entity = call.entity.name
    roles = call.roles.map { Argument(name: $0.key.name, node: $0.value.index) }.sorted { $0.name < $1.name }
    named = call.named.map { Argument(name: $0.key, node: $0.value.index) }.sorted { $0.name < $1.name }
    isOpen = call.isOpen
  }

  func restored(_ models: LibraryModels) -> ModelledCall? {
    guard let entity = models.entity(entity) else { return nil }
    return ModelledCall(
      node: NodeID(node), entity: entity,
      roles: Dictionary(roles.map { (Role($0.name), NodeID($0.node)) }, uniquingKeysWith: { first, _ in first }),
      named: Dictionary(named.map { ($0.name, NodeID($0.node)) }, uniquingKeysWith: { first, _ in first }),
      isOpen: isOpen)
  }

  func write(to writer: inout CacheWriter) {
    writer.write(Int(node))
    writer.write(entity)
    writer.write(roles)
    writer.write(named)
    writer.write(isOpen)
  }

  init(from reader: inout CacheReader) throws(CacheDamage) {
    node = try reader.readUInt32()
    entity = try reader.readString()
    roles = try reader.readArray()
    named = try reader.readArray()
    isOpen = try reader.readBool()
  }

  struct Argument: CacheCodable {
    let name: String
    let node: UInt32

    init(name: String, node: UInt32) {
      self.name = name
      self.node = node
    }

    func write(to writer: inout CacheWriter) {
      writer.write(name)
      writer.write(Int(node))
    }

    init(from reader: inout CacheReader) throws(CacheDamage) {
      name = try reader.readString()
      node = try reader.readUInt32()
    }
  }
}

private struct CachedPosture: CacheCodable {
  let posture: ModulePosture

  init(_ posture: ModulePosture) { self.posture = posture }

  /// All but `isMounted`, which belongs to an application and not to a module.
  private static var flags: [WritableKeyPath<PostureFacts, Bool>] {
    [
      \.authenticates, \.setsSecurityHeaders, \.checksHost, \.limitsBody, \.limitsRate, \.handlesValidationErrors,
      \.logsRefusals,
    ]
  }

  func write(to writer: inout CacheWriter) {
    for flag in Self.flags { writer.write(posture.facts[keyPath: flag]) }
    writer.write(posture.imports.count)
    for path in posture.imports.sorted() { writer.write(path) }
  }

  init(from reader: inout CacheReader) throws(CacheDamage) {
    var facts = PostureFacts()
    for flag in Self.flags { facts[keyPath: flag] = try reader.readBool() }
    var imports: Set<String> = []
    for _ in 0..<(try reader.readCount()) { imports.insert(try reader.readString()) }
    posture = ModulePosture(facts: facts, imports: imports)
  }
}
