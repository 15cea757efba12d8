package import MerlonBase
package import MerlonCatalog
package import MerlonModels
package import MerlonProgram
package import MerlonPython

/// What a rule sees of one module, and where it reports. One context belongs to one thread.
package final class RuleContext {
  package let program: Program
  package let module: Module
  package let semantics: Semantics
  package let models: LibraryModels
  package let tree: Tree

  private(set) var findings: [Finding] = []
  private var entities: [String: LibraryEntity?] = [:]
  private var calls: [NodeID: [ModelledCall]] = [:]

  init(program: Program, module: Module, models: LibraryModels) {
    self.program = program
    self.module = module
    self.semantics = program.semantics(of: module)
    self.models = models
    self.tree = module.tree
  }

  // MARK: Meaning

  /// What the library models say of the thing that an expression denotes.
  package func entity(of expression: NodeID) -> LibraryEntity? {
    guard let name = semantics.qualifiedName(of: expression) else { return nil }
    return entity(named: name)
  }

  /// What the library models say of a dotted name.
  package func entity(named name: String) -> LibraryEntity? {
    if let known = entities[name] { return known }
    let entity = models.entity(name)
    entities[name] = .some(entity)
    return entity
  }

  /// True when an expression denotes something with this concept.
  package func denotes(_ expression: NodeID, _ concept: Concept) -> Bool {
    entity(of: expression)?.concepts.contains(concept) ?? false
  }

  /// The modelled calls that a call expression makes: the call itself, and the construction of the class that it hands
  /// to `add_middleware` or `Middleware`. Empty for calls that no model knows.
  package func modelledCalls(_ node: NodeID) -> [ModelledCall] {
    if let known = calls[node] { return known }
    let result = makeModelledCalls(node)
    calls[node] = result
    return result
  }

  /// The modelled call with this concept that an expression makes, `await` and parentheses looked through.
  package func modelledCall(_ expression: NodeID, _ concept: Concept) -> ModelledCall? {
    var expression = expression
    if tree.kind(expression) == .await { expression = tree.value(expression) }
    guard tree.kind(expression) == .call else { return nil }
    return modelledCalls(expression).first { $0.has(concept) }
  }

  /// The dictionary display that an expression is, or that its name was given, in the function or once in the module.
  private func dictionaryDisplay(_ expression: NodeID) -> NodeID? {
    if let display = semantics.origins(of: expression).first(where: { tree.kind($0) == .dict }) { return display }
    guard tree.kind(expression) == .name,
      let symbol = module.symbol(named: tree.text(tree.nameID(expression)), in: .module)
    else { return nil }
    let bindings = module.bindings(of: symbol, limit: 2)
    guard bindings.count == 1, let value = bindings.first?.value, tree.kind(value) == .dict else { return nil }
    return value
  }

  private func makeModelledCalls(_ node: NodeID) -> [ModelledCall] {
    guard tree.kind(node) == .call, let entity = entity(of: tree.call(node).function) else { return [] }
    let binder = ArgumentBinder(tree: tree) { self.dictionaryDisplay($0) }
    let call = binder.bind(node, entity: entity)
    guard entity.concepts.contains(.addMiddleware) || entity.concepts.contains(.middlewareEntry),
      let middlewareClass = call["middlewareClass"], let middleware = self.entity(of: middlewareClass)
    else { return [call] }
    let isPositional = tree[tree.call(node).arguments].first == middlewareClass
    let construction = binder.bind(
      node, entity: middleware, droppedArguments: isPositional ? 1 : 0, droppedParameters: 1)
    return [call, construction]
  }

  // MARK: Values

  /// The folded value of an expression, where it has one on every way.
  package func constant(_ expression: NodeID?) -> ConstantValue? {
    expression.flatMap { semantics.constant(of: $0) }
  }

  /// The value that an expression has when nobody sets the environment: its constant, or the default of the variable,
  /// settings field or other field that it reads.
  package func valueWhenUnset(_ expression: NodeID?) -> ConstantValue? {
    guard let expression else { return nil }
    if let value = semantics.constant(of: expression) { return value }
    if let fallback = semantics.environmentDefault(of: expression)?.fallback {
      return program.module(fallback.module).flatMap { program.semantics(of: $0).constant(of: fallback.node) }
    }
    return fieldDefault(of: expression)
  }

  /// The default of the field that an attribute reads (`config.project.allow_origins`), as the class states it: a value,
  /// `Field(default=…)` or a factory that is a lambda.
  private func fieldDefault(of expression: NodeID) -> ConstantValue? {
    guard tree.kind(expression) == .attribute, let field = semantics.definition(of: expression),
      let owner = program.module(field.module), owner.enclosingFunction(of: field.node) == nil
    else { return nil }
    let statement = owner.enclosingStatement(of: field.node)
    guard owner.tree.kind(statement) == .annAssign, owner.enclosingClass(of: statement) != nil else { return nil }
    var value = owner.tree.annAssign(statement).value
    guard !value.isNone else { return nil }
    if owner.tree.kind(value) == .call {
      for id in owner.tree[owner.tree.call(value).keywords] {
        let keyword = owner.tree.keyword(id)
        switch owner.tree.text(keyword.name) {
        case "default": value = keyword.value
        case "default_factory":
          guard owner.tree.kind(keyword.value) == .lambda else { return nil }
          value = owner.tree.lambda(keyword.value).body
        default: continue
        }
      }
    }
    return program.semantics(of: owner).constant(of: value)
  }

  package func string(_ expression: NodeID?) -> String? {
    if case .string(let text)? = constant(expression) { return text }
    return nil
  }

  package func bool(_ expression: NodeID?) -> Bool? {
    if case .bool(let value)? = constant(expression) { return value }
    return nil
  }

  package func int(_ expression: NodeID?) -> Int? {
    if case .integer(let value)? = constant(expression) { return value }
    return nil
  }

  /// The strings of a list, tuple or set, or the one string; nil when an element is not known.
  package func strings(_ expression: NodeID?) -> [String]? {
    switch constant(expression) {
    case .string(let text)?: return [text]
    case .list(let elements)?, .tuple(let elements)?, .set(let elements)?:
      var result: [String] = []
      for element in elements {
        guard case .string(let text) = element else { return nil }
        result.append(text)
      }
      return result
    default: return nil
    }
  }

  /// True for `None` itself.
  package func isNoneLiteral(_ expression: NodeID) -> Bool {
    if case .none? = semantics.constant(of: expression) { return true }
    return false
  }

  /// True when the expression is written as a literal or folds to one.
  package func isConstant(_ expression: NodeID?) -> Bool {
    switch constant(expression) {
    case nil, .unknown?: false
    default: true
    }
  }

  /// The keyword's value of a call, by name, whether or not a model knows the call.
  package func keyword(_ name: String, of call: NodeID) -> NodeID? {
    guard tree.kind(call) == .call else { return nil }
    for id in tree[tree.call(call).keywords] {
      let keyword = tree.keyword(id)
      if !keyword.name.isNone, tree.text(keyword.name) == name { return keyword.value }
    }
    return nil
  }

  /// True for the plain name `name`.
  package func isName(_ node: NodeID, _ name: String) -> Bool {
    tree.kind(node) == .name && tree.text(tree.nameID(node)) == name
  }

  /// The last identifier of a name, attribute, or subscript with a constant string key: what the thing is called here.
  package func spelledName(_ expression: NodeID) -> String? {
    switch tree.kind(expression) {
    case .name: return tree.text(tree.nameID(expression))
    case .attribute: return tree.text(tree.attribute(expression).name)
    case .subscript: return tree.stringValue(tree.subscript_(expression).slice)
    case .call:
      // `payload.get("password")`, `password.encode()`, `token.strip()`
      let call = tree.call(expression)
      guard tree.kind(call.function) == .attribute else { return nil }
      let method = tree.text(tree.attribute(call.function).name)
      switch method {
      case "get", "pop", "getlist": return tree[call.arguments].first.flatMap(tree.stringValue)
      case "encode", "decode", "strip", "lower", "upper", "get_secret_value", "hexdigest", "digest":
        return spelledName(tree.attribute(call.function).value)
      default: return nil
      }
    case .await: return spelledName(tree.value(expression))
    default: return nil
    }
  }

  // MARK: Reporting

  /// Reports a weakness at a node.
  ///
  /// - Parameters:
  ///   - message: what is wrong here; lower case start, no full stop, code in backticks.
  ///   - related: other places of this module that explain it, each with a few words.
  ///   - elsewhere: places in other modules.
  package func report(
    _ weakness: Weakness, at node: NodeID, _ message: String, confidence: Confidence = .high,
    severity: Severity? = nil, related: [(NodeID, String)] = [], flow: [(NodeID, String)] = [],
    elsewhere: [FlowStep] = []
  ) {
    var evidence: [Evidence] = related.map { .related(step($0.0, $0.1)) } + elsewhere.map(Evidence.related)
    if !flow.isEmpty { evidence.append(.codeFlow(flow.map { step($0.0, $0.1) })) }
    findings.append(
      Finding(
        id: weakness.id, name: weakness.name, severity: severity ?? weakness.severity, confidence: confidence,
        message: message, location: tree.location(tree.range(node), path: module.path),
        scope: module.qualifiedName(ofScopeAt: node), scopeInModule: module.scopeInModule(at: node),
        normalizedEvidence: normalizedText(node), evidence: evidence))
  }

  package func step(_ node: NodeID, _ message: String) -> FlowStep {
    FlowStep(location: tree.location(tree.range(node), path: module.path), message: message)
  }

  /// The code of a node in the one form that fingerprints hash; cut, since a marked class body need not be hashed whole.
  private func normalizedText(_ node: NodeID) -> String {
    let range = tree.range(node)
    let end = min(Int(range.end), tree.source.count, Int(range.start) + RuleContext.evidenceLength)
    return EvidenceText.normalized(tree.source[min(Int(range.start), end)..<end])
  }

  /// Longest code that takes part in a fingerprint, in bytes.
  private static let evidenceLength = 1024

  func takeFindings() -> [Finding] {
    defer { findings = [] }
    return findings
  }
}
