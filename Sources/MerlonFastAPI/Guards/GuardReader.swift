import MerlonAPI
import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// How a callable is run, which decides what lets a request go on.
enum GuardMode: Hashable {
  /// Called by project code: what counts is what holds when it returns, and what its result proves.
  case helper
  /// Called by the framework before the operation: all that returns goes on.
  case dependency
  /// The operation: what returns anything but a refusal has been carried out.
  case handler
  /// `dispatch(request, call_next)`: goes on where `call_next` is called.
  case dispatch
  /// `__call__(scope, receive, send)`: goes on where the inner application is called.
  case application
  /// The wrapper that a decorator puts around an operation: goes on where the wrapped function is called.
  case wrapper

  var passesByCall: Bool { self == .dispatch || self == .application || self == .wrapper }
}

/// Something worth showing of how a callable guards.
struct GuardEvidence: Hashable, Sendable {
  enum Kind: Int, Hashable, Sendable { case read, verified, refused }
  var kind: Kind
  var place: Definition
  var message: String
}

/// A gap with its place still as a node.
struct PlacedGap: Hashable, Sendable {
  var kind: GuardGap.Kind
  var message: String
  var place: Definition
}

/// What was seen while a callable was read, beside what it proves.
struct GuardReport: Hashable, Sendable {
  static let evidenceLimit = 8

  var evidence: [GuardEvidence] = []
  var gaps: [PlacedGap] = []
  var sources: CredentialSources = []
  var limitsRate = false
  var readsScopes = false
  /// True when somebody is refused with 401 or 403.
  var refusesStrangers = false
  /// Counts verifications, so that a `try` knows whether its body verifies.
  var verifications = 0
  /// A verification that lies in code that could not be read.
  var unread: Definition?
  /// Where a token is read without a check of its signature.
  var unverified: Definition?

  mutating func note(_ kind: GuardEvidence.Kind, _ place: Definition, _ message: String) {
    let entry = GuardEvidence(kind: kind, place: place, message: message)
    if evidence.count < Self.evidenceLimit, !evidence.contains(where: { $0.place == place && $0.kind == kind }) {
      evidence.append(entry)
    }
  }

  mutating func add(_ gap: PlacedGap) {
    if gaps.count < 12, !gaps.contains(gap) { gaps.append(gap) }
  }

  mutating func merge(_ other: GuardReport) {
    for entry in other.evidence { note(entry.kind, entry.place, entry.message) }
    // What a helper does not look at is its own affair: whether a request goes on is decided here.
    for gap in other.gaps where gap.kind != .resultIgnored { add(gap) }
    sources.formUnion(other.sources)
    limitsRate = limitsRate || other.limitsRate
    readsScopes = readsScopes || other.readsScopes
    refusesStrangers = refusesStrangers || other.refusesStrangers
    verifications += other.verifications
    unread = unread ?? other.unread
    unverified = unverified ?? other.unverified
  }
}

/// One way on which a request gets on.
struct GuardExit: Sendable {
  var worlds: GuardWorlds
  var value: GuardValue
  var place: Definition
  var swallowed: Definition?
  var missing: Definition?
  /// A constant answer, as for callers that are not known.
  var isTrivial = false
}

/// What a callable does to whoever calls it.
struct GuardSummary: Sendable {
  /// What holds where the request gets on; empty when it never does.
  var worlds: GuardWorlds
  var value: GuardValue
  /// Attributes that the function set on its own object.
  var attributes: [String: GuardValue]
  var report: GuardReport
  var exits: [GuardExit]

  static let opaque = GuardSummary(
    worlds: .start, value: .unknown, attributes: [:], report: GuardReport(), exits: [])
}

/// Tells what dependencies, middleware, decorators and operations make sure of before a request gets on.
///
/// Runs each callable on paper over a small domain: which values come from the caller, which prove who that is, and
/// what is certain on each way through the code. Callables are read once for each way of calling them; recursion and
/// work are bounded, and what can't be followed counts as unread, never as a check.
final class GuardReader {
  static let depthLimit = 14

  let program: Program
  let models: LibraryModels
  /// Nodes that are read for one dependency or operation, what it calls included.
  let stepLimit: Int
  private var summaries: [Key: GuardSummary] = [:]
  private var active: Set<Key> = []
  private var variants: [Definition: Int] = [:]
  private var globals: [Definition: GuardValue] = [:]
  private var activeGlobals: Set<Definition> = []
  private var methods: [Definition: [String: Definition]] = [:]
  private var semanticsByModule: [ModuleID: Semantics] = [:]
  var depth = 0
  var steps = 0
  var expressionDepth = 0

  private struct Key: Hashable {
    var function: Definition
    var mode: GuardMode
    var arguments: [String: GuardValue]
    var captured: [String: GuardValue]
    var receiver: GuardValue?
  }

  init(program: Program, models: LibraryModels, stepLimit: Int = 400_000) {
    self.program = program
    self.models = models
    self.stepLimit = stepLimit
  }

  func semantics(_ module: Module) -> Semantics {
    if let known = semanticsByModule[module.id] { return known }
    let made = program.semantics(of: module)
    semanticsByModule[module.id] = made
    return made
  }

  // MARK: Summaries

  /// What a function does when it is called so.
  func summary(
    of function: Definition, mode: GuardMode, arguments: [String: GuardValue] = [:],
    captured: [String: GuardValue] = [:], receiver: GuardValue? = nil
  ) -> GuardSummary {
    guard let module = program.module(function.module) else { return .opaque }
    switch module.tree.kind(function.node) {
    case .functionDef, .asyncFunctionDef, .lambda: break
    default: return .opaque
    }
    let key = Key(function: function, mode: mode, arguments: arguments, captured: captured, receiver: receiver)
    if let known = summaries[key] { return known }
    // What many operations share is read with a budget of its own, whoever asks first.
    let stepsOutside = steps
    let isRoot = depth == 0 || mode == .dependency
    if isRoot { steps = 0 }
    defer { if isRoot { steps = stepsOutside } }
    guard depth < Self.depthLimit, steps < stepLimit, !active.contains(key) else { return .opaque }
    // A function that is called in very many ways tells the same in most of them.
    guard variants[function, default: 0] < 40 else { return .opaque }
    variants[function, default: 0] += 1
    active.insert(key)
    depth += 1
    let reader = FunctionReader(
      reader: self, module: module, function: function.node, mode: mode, captured: captured, receiver: receiver)
    let result = reader.read(arguments)
    depth -= 1
    active.remove(key)
    summaries[key] = result
    return result
  }

  /// What a callable does when the framework calls it as a dependency.
  func dependencySummary(of callable: GuardCallable) -> GuardSummary {
    switch callable {
    case .function(let definition, let captured, let receiver):
      return summary(of: definition, mode: .dependency, captured: captured, receiver: receiver)
    case .classObject(let definition):
      guard let initializer = method("__init__", of: definition) else {
        return fieldsSummary(of: definition)
      }
      var result = summary(
        of: initializer, mode: .dependency, receiver: GuardValue(callable: .instance(definition, attributes: [:])))
      result.value = object(definition, attributes: result.attributes)
      return result
    case .instance(let definition, let attributes):
      if let call = method("__call__", of: definition) {
        return summary(
          of: call, mode: .dependency,
          receiver: GuardValue(callable: .instance(definition, attributes: attributes)))
      }
      guard let base = libraryBase(of: definition, with: .securityScheme) else { return .opaque }
      return schemeSummary(base, isOptional: attributes["auto_error"]?.isTrue == false, place: definition)
    case .library(let name): return librarySummary(name, isOptional: false)
    case .libraryInstance(let name, let isOptional): return librarySummary(name, isOptional: isOptional)
    case .authenticator(let proof, let isOptional):
      var result = GuardSummary.opaque
      result.report.sources = CredentialSources(.other)
      result.report.verifications = 1
      result.value = GuardValue([.principal, .stored], sources: CredentialSources(.other))
      result.value.whenTrue = proof
      if !isOptional { result.worlds.add(proof) }
      return result
    }
  }

  /// A class without constructor: its annotated fields are the parameters.
  private func fieldsSummary(of definition: Definition) -> GuardSummary {
    var result = GuardSummary.opaque
    var attributes: [String: GuardValue] = [:]
    for field in program.declaredFields(of: definition) {
      guard let module = program.module(field.module) else { continue }
      let reader = FunctionReader(
        reader: self, module: module, function: module.tree.root, mode: .dependency, captured: [:], receiver: nil)
      guard
        let injected = reader.injected(
          name: field.name, annotation: field.annotation, defaultValue: field.value, place: field.node)
      else { continue }
      attributes[field.name] = injected.value
      result.worlds = result.worlds.multiplied(injected.worlds)
      result.report.merge(reader.report)
    }
    result.value = object(definition, attributes: attributes)
    return result
  }

  func object(_ definition: Definition, attributes: [String: GuardValue]) -> GuardValue {
    var value = GuardValue(callable: .instance(definition, attributes: attributes))
    for attribute in attributes.values {
      value.labels.formUnion(attribute.labels.intersection([.principal, .credential, .input]))
      value.sources.formUnion(attribute.sources)
    }
    return value
  }

  /// What a library's callable does as a dependency, as far as the models tell.
  private func librarySummary(_ name: String, isOptional: Bool) -> GuardSummary {
    guard let entity = models.entity(name) else {
      var result = GuardSummary.opaque
      result.value = GuardValue(.stored)
      return result
    }
    if entity.concepts.contains(.securityScheme) {
      return schemeSummary(entity.name, isOptional: isOptional, place: nil)
    }
    let isOptional = isOptional || entity.marks.contains("optional")
    var result = GuardSummary.opaque
    if entity.concepts.contains(.rateLimiter) { result.report.limitsRate = true }
    if entity.concepts.contains(.callerAuthenticator) {
      result.report.sources = CredentialSources(.other)
      result.report.verifications = 1
      result.value = GuardValue([.principal, .stored], sources: CredentialSources(.other))
      result.value.whenTrue = GuardProof(.authentication)
      if !isOptional { result.worlds.add(GuardProof(.authentication)) }
    }
    return result
  }

  /// What a security scheme gives: a credential that nobody has looked at.
  func schemeSummary(_ name: String, isOptional: Bool, place: Definition?) -> GuardSummary {
    let source = schemeSource(name)
    var result = GuardSummary.opaque
    result.value = GuardValue([.credential, .input], sources: CredentialSources(source))
    result.report.sources = CredentialSources(source)
    if !isOptional {
      result.value.isNone = false
      result.value.isTrue = true
      result.value.whenFalse = .everything
    }
    return result
  }

  func schemeSource(_ name: String) -> CredentialSource {
    let entity = models.entity(name)
    let names = [name] + (entity?.bases ?? [])
    for candidate in names {
      let last = candidate.split(separator: ".").last.map(String.init) ?? candidate
      switch last {
      case "HTTPBasic": return .basic
      case "APIKeyQuery": return .apiKeyQuery
      case "APIKeyHeader": return .apiKeyHeader
      case "APIKeyCookie": return .cookie
      default: continue
      }
    }
    return .bearerToken
  }

  // MARK: Classes

  /// A method that the project defines, looked up along the order of a class.
  func method(_ name: String, of definition: Definition) -> Definition? {
    if let known = methods[definition] { return known[name] }
    var table: [String: Definition] = [:]
    for reference in program.classOrder(of: definition) {
      guard let owner = reference.definition, let module = program.module(owner.module),
        let scope = module.scope(openedBy: owner.node)
      else { continue }
      for symbol in module.symbols(in: scope) {
        let text = module.name(of: symbol)
        guard table[text] == nil, let last = module.bindings(of: symbol).last, last.kind == .function else { continue }
        table[text] = Definition(module: module.id, node: last.node)
      }
    }
    methods[definition] = table
    return table[name]
  }

  /// The library class with a concept that a project's class derives from.
  func libraryBase(of definition: Definition, with concept: Concept) -> String? {
    for reference in program.classOrder(of: definition) where reference.definition == nil {
      if let entity = models.entity(reference.qualifiedName), entity.concepts.contains(concept) { return entity.name }
    }
    return nil
  }

  // MARK: Names of modules

  /// The value of something that a module defines.
  func value(of definition: Definition) -> GuardValue {
    if let known = globals[definition] { return known }
    guard let module = program.module(definition.module), depth < Self.depthLimit else { return .unknown }
    let tree = module.tree
    switch tree.kind(definition.node) {
    case .functionDef, .asyncFunctionDef:
      return GuardValue(callable: .function(definition, captured: [:], receiver: nil))
    case .classDef: return GuardValue(callable: .classObject(definition))
    default: break
    }
    guard activeGlobals.insert(definition).inserted else { return .unknown }
    depth += 1
    defer {
      depth -= 1
      activeGlobals.remove(definition)
    }
    let result = boundValue(definition, module)
    globals[definition] = result
    return result
  }

  private func boundValue(_ definition: Definition, _ module: Module) -> GuardValue {
    let tree = module.tree
    guard tree.kind(definition.node) == .name, let symbol = module.symbol(of: definition.node),
      module[symbol].scope == .module
    else { return .unknown }
    let semantics = semantics(module)
    let bindings = module.bindings(of: symbol).filter {
      !$0.value.isNone && [.assignment, .annotatedAssignment, .walrus].contains($0.kind) && $0.path.isWhole
    }
    let name = module.name(of: symbol)
    guard let binding = bindings.last(where: { $0.scope == .module }) ?? bindings.first else {
      var value = GuardValue(.setting)
      value.condition = .setting(name, isOnByDefault: nil, place: ConditionPlace(definition))
      return value
    }
    // A variable that functions set at run time: what the module gives it is what an unset configuration leaves.
    let isSetLater = bindings.contains { $0.scope != .module } || module[symbol].flags.contains(.globalElsewhere)
    let reader = FunctionReader(
      reader: self, module: module, function: tree.root, mode: .helper, captured: [:], receiver: nil)
    var state = GuardState()
    var value = reader.evaluate(binding.value, &state)
    if !isSetLater, value.constant == nil, let constant = semantics.constant(of: definition.node) {
      let labels = value.labels
      value = GuardValue(constant: constant)
      value.labels = labels.union(.setting)
    }
    if value.has(.setting) || value.constant != nil {
      value.labels.insert(.setting)
      let isOn = value.isTrue ?? value.constant?.isTrue
      value.condition = .setting(
        name, isOnByDefault: value.condition?.defaultTruth ?? isOn, place: ConditionPlace(definition))
      value.isTrue = nil
      value.isNone = nil
      value.whenTrue = .nothing
      value.whenFalse = .nothing
    } else if value.callables.isEmpty, value.labels.isEmpty {
      value.labels = .setting
      value.condition = .setting(name, isOnByDefault: nil, place: ConditionPlace(definition))
    }
    return value
  }
}
