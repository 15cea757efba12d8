import MerlonAPI
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

extension FunctionReader {
  func evaluate(_ id: NodeID, _ state: inout GuardState) -> GuardValue {
    reader.steps += 1
    guard !id.isNone, reader.steps < reader.stepLimit, reader.expressionDepth < 120 else { return .unknown }
    reader.expressionDepth += 1
    defer { reader.expressionDepth -= 1 }
    let node = tree[id]
    switch node.kind {
    case .constant: return constant(id)
    case .name: return name(id, state)
    case .attribute: return attribute(id, &state)
    case .subscript: return subscripted(id, &state)
    case .call: return call(id, &state)
    case .await, .starred: return evaluate(tree.value(id), &state)
    case .yield, .yieldFrom:
      let value = tree.value(id).isNone ? GuardValue(constant: .none) : evaluate(tree.value(id), &state)
      if !mode.passesByCall { leave(state, value, id) }
      return .unknown
    case .namedExpr:
      let parts = tree.namedExpr(id)
      let value = evaluate(parts.value, &state)
      bind(parts.target, value, &state)
      return value
    case .boolOp: return boolean(id, &state)
    case .unaryOp:
      let parts = tree.unaryOp(id)
      let value = evaluate(parts.operand, &state)
      return parts.op == .not ? opposite(value) : value.derived
    case .ifExp:
      let parts = tree.ifExp(id)
      var (yes, no) = branch(parts.test, state)
      if !yes.isReachable {
        let value = evaluate(parts.orElse, &no)
        state = no
        return value
      }
      let left = evaluate(parts.body, &yes)
      guard no.isReachable else {
        state = yes
        return left
      }
      let right = evaluate(parts.orElse, &no)
      let value = GuardValue.joined(left, under: yes.proof, right, under: no.proof)
      state = yes.joined(no)
      return value
    case .compare: return comparison(id, &state)
    case .lambda:
      var surroundings = captured
      for (known, value) in state.variables { surroundings[module.name(of: known)] = value }
      return GuardValue(callable: .function(place(id), captured: relevant(surroundings, to: id), receiver: nil))
    case .listComp, .setComp, .generatorExp:
      let parts = tree.elementComprehension(id)
      return comprehension([parts.element], parts.generators, &state)
    case .dictComp:
      let parts = tree.dictComprehension(id)
      return comprehension([parts.key, parts.value], parts.generators, &state)
    case .tuple, .list, .set:
      let elements = tree.elements(id).map { evaluate($0, &state) }
      var value = combined(elements)
      value.elements = elements
      if elements.allSatisfy({ $0.constant != nil }) {
        value.constant = .list(elements.compactMap(\.constant))
      }
      value.isTrue = !elements.isEmpty
      value.isNone = false
      return value
    case .dict:
      let parts = tree.dict(id)
      let values = tree[parts.values].map { evaluate($0, &state) }
      for key in tree[parts.keys] where !key.isNone { _ = evaluate(key, &state) }
      var value = combined(values)
      value.isNone = false
      if values.isEmpty { value.isTrue = false }
      if value.labels.isEmpty, let constant = semantics.constant(of: id) { value.constant = constant }
      return value
    case .binOp: return binary(id, &state)
    case .joinedStr, .templateStr:
      var value = combined(tree.elements(id).map { evaluate($0, &state) })
      value.isNone = false
      if value.labels.isEmpty, let constant = semantics.constant(of: id) { value.constant = constant }
      return value
    case .formattedValue: return evaluate(tree.formattedValue(id).value, &state)
    default: return .unknown
    }
  }

  private func constant(_ id: NodeID) -> GuardValue {
    switch tree.constantKind(id) {
    case .none: return GuardValue(constant: .none)
    case .true: return GuardValue(constant: .bool(true))
    case .false: return GuardValue(constant: .bool(false))
    case .string: return tree.stringValue(id).map { GuardValue(constant: .string($0)) } ?? .unknown
    case .bytes:
      return tree.bytesValue(id).map { GuardValue(constant: .string(String(decoding: $0, as: UTF8.self))) } ?? .unknown
    case .integer: return tree.integerValue(id).map { GuardValue(constant: .integer($0)) } ?? .unknown
    default: return .unknown
    }
  }

  /// A value made of several: their labels together.
  func combined(_ values: [GuardValue]) -> GuardValue {
    var result = GuardValue.unknown
    var isSetting = !values.isEmpty
    for value in values {
      result.labels.formUnion(value.labels.intersection(.kept))
      result.sources.formUnion(value.sources)
      if !value.has(.setting), value.constant == nil { isSetting = false }
    }
    if isSetting, values.contains(where: { $0.has(.setting) }) { result.labels.insert(.setting) }
    return result
  }

  func opposite(_ value: GuardValue) -> GuardValue {
    var result = GuardValue(value.labels.intersection(.kept.union(.setting)), sources: value.sources)
    result.whenTrue = value.whenFalse
    result.whenFalse = value.whenTrue
    result.isTrue = value.isTrue.map { !$0 }
    result.isNone = false
    result.condition = value.condition?.negated
    return result
  }

  // MARK: Names

  private func name(_ id: NodeID, _ state: GuardState) -> GuardValue {
    let text = tree.text(tree.nameID(id))
    guard let symbol = module.symbol(of: id) else { return builtin(text) }
    if let known = state.variables[symbol] { return known }
    let scope = module[symbol].scope
    if scope != .module, module[scope].kind.isFunctionLike || module[scope].kind == .class {
      if let known = captured[text] { return known }
      if module[scope].kind == .class, let definition = semantics.definition(of: id) {
        return reader.value(of: definition)
      }
      return enclosingValue(symbol)
    }
    return global(id, symbol)
  }

  /// A name of a function around this one whose call was not seen: what its assignments say.
  private func enclosingValue(_ symbol: SymbolID) -> GuardValue {
    let bindings = module.bindings(of: symbol)
    guard bindings.count == 1, let binding = bindings.first else { return .unknown }
    switch binding.kind {
    case .function: return GuardValue(callable: .function(place(binding.node), captured: [:], receiver: nil))
    case .class: return GuardValue(callable: .classObject(place(binding.node)))
    case .parameter where GuardWords.isCredential(module.name(of: symbol)): return GuardValue(.setting)
    case .import, .importFrom:
      return .unknown
    default: return .unknown
    }
  }

  private func builtin(_ text: String) -> GuardValue {
    guard ["True", "False", "None"].contains(text) else { return GuardValue(callable: .library("builtins." + text)) }
    return .unknown
  }

  /// A name of the module.
  private func global(_ id: NodeID, _ symbol: SymbolID) -> GuardValue {
    if let definition = semantics.definition(of: id), let owner = reader.program.module(definition.module),
      !(owner.id == module.id && tree.kind(definition.node) == .alias)
    {
      var value = reader.value(of: definition)
      return applyEnvironment(id, &value)
    }
    if let name = semantics.qualifiedName(of: id) { return GuardValue(callable: .library(name)) }
    return .unknown
  }

  /// A value that the environment gives, with what the code falls back to.
  func applyEnvironment(_ id: NodeID, _ value: inout GuardValue) -> GuardValue {
    guard value.callables.isEmpty, value.labels.subtracting([.setting, .stored]).isEmpty,
      let environment = semantics.environmentDefault(of: id)
    else { return value }
    var result = GuardValue(.setting)
    var isOn: Bool? = true
    if let fallback = environment.fallback, let owner = reader.program.module(fallback.module) {
      result.constant = reader.semantics(owner).constant(of: fallback.node)
      isOn = truth(ofSetting: result.constant)
    } else if let constant = semantics.constant(of: id) {
      result.constant = constant
      isOn = truth(ofSetting: constant)
    } else if !isRequiredSetting(id) {
      result.constant = ConstantValue.none
      isOn = false
    }
    if let known = value.condition?.defaultTruth { isOn = known }
    result.condition = .setting(shortened(id), isOnByDefault: isOn, place: ConditionPlace(place(id)))
    return result
  }

  /// The truth of a setting's default, where text such as `"false"` is read as what it means.
  private func truth(ofSetting constant: ConstantValue?) -> Bool? { constant?.isTrue }

  /// True for `os.environ["X"]` and fields without default, which are there or nothing starts.
  private func isRequiredSetting(_ id: NodeID) -> Bool {
    var expression = id
    var owner = module
    if tree.kind(id) == .name || tree.kind(id) == .attribute, let definition = semantics.definition(of: id),
      let other = reader.program.module(definition.module)
    {
      owner = other
      let statement = other.enclosingStatement(of: definition.node)
      switch other.tree.kind(statement) {
      case .assign: expression = other.tree.assign(statement).value
      case .annAssign: expression = other.tree.annAssign(statement).value
      default: return true
      }
    }
    guard !expression.isNone else { return true }
    var isOptional = false
    let tree = owner.tree
    tree.walk(expression) { node in
      guard tree.kind(node) == .call else { return true }
      let function = tree.call(node).function
      let called: String
      switch tree.kind(function) {
      case .name: called = tree.text(tree.nameID(function))
      case .attribute: called = tree.text(tree.attribute(function).name)
      default: called = ""
      }
      if ["getenv", "get"].contains(called) { isOptional = true }
      return true
    }
    return !isOptional
  }

  // MARK: Attributes

  private func attribute(_ id: NodeID, _ state: inout GuardState) -> GuardValue {
    let parts = tree.attribute(id)
    let text = tree.text(parts.name)
    if tree.kind(parts.value) == .name, tree.text(tree.nameID(parts.value)) == receiverName,
      let own = state.attributes[text]
    {
      return own
    }
    let base = evaluate(parts.value, &state)
    if let known = member(text, of: base, id) { return known }
    if base.labels.isDisjoint(with: .containers.union([.principal, .credential, .input, .stored])) {
      if let definition = semantics.definition(of: id) {
        if isFieldOfSettings(definition) || definition.node.isNone == false {
          var value = field(definition, id)
          return applyEnvironment(id, &value)
        }
      }
      if let name = semantics.qualifiedName(of: id) {
        var value = GuardValue(callable: .library(name))
        if let constant = semantics.constant(of: id) { value = GuardValue(constant: constant) }
        return applyEnvironment(id, &value)
      }
    }
    if base.has(.setting) { return settingMember(base, id) }
    return base.derived
  }

  private func isFieldOfSettings(_ definition: Definition) -> Bool { !definition.node.isNone }

  /// Something of a setting that is not known in full.
  private func settingMember(_ base: GuardValue, _ id: NodeID) -> GuardValue {
    var value = GuardValue(.setting)
    if let constant = semantics.constant(of: id) {
      value.constant = constant
      value.condition = .setting(shortened(id), isOnByDefault: constant.isTrue, place: ConditionPlace(place(id)))
      return value
    }
    value.condition = .setting(shortened(id), isOnByDefault: nil, place: ConditionPlace(place(id)))
    var result = value
    return applyEnvironment(id, &result)
  }

  /// A field, method or variable by its definition.
  private func field(_ definition: Definition, _ id: NodeID) -> GuardValue {
    guard let owner = reader.program.module(definition.module) else { return .unknown }
    switch owner.tree.kind(definition.node) {
    case .functionDef, .asyncFunctionDef, .classDef: return reader.value(of: definition)
    case .name:
      if let symbol = owner.symbol(of: definition.node), owner[symbol].scope == .module {
        return reader.value(of: definition)
      }
    default: break
    }
    // A field of a class: what its declaration gives it, when the object is one of the program's own.
    guard isRootedInModule(id) else { return GuardValue() }
    let statement = owner.enclosingStatement(of: definition.node)
    var expression = NodeID.none
    switch owner.tree.kind(statement) {
    case .annAssign: expression = owner.tree.annAssign(statement).value
    case .assign: expression = owner.tree.assign(statement).value
    default: break
    }
    var value = GuardValue(.setting)
    var isOn: Bool?
    if !expression.isNone, let constant = reader.semantics(owner).constant(of: expression) {
      value.constant = constant
      isOn = constant.isTrue
    }
    value.condition = .setting(shortened(id), isOnByDefault: isOn, place: ConditionPlace(place(id)))
    return value
  }

  /// True for `config.auth.key` where `config` is a variable of a module.
  func isRootedInModule(_ id: NodeID) -> Bool {
    var node = id
    while true {
      switch tree.kind(node) {
      case .attribute: node = tree.attribute(node).value
      case .subscript: node = tree.subscript_(node).value
      case .call: node = tree.call(node).function
      case .name:
        guard let symbol = module.symbol(of: node) else { return false }
        return module[symbol].scope == .module
      default: return false
      }
    }
  }

  /// An attribute whose meaning the base tells.
  func member(_ text: String, of base: GuardValue, _ id: NodeID) -> GuardValue? {
    if base.has(.request) { return requestMember(text, base, id) }
    if base.has(.url) {
      return text == "path" ? GuardValue([.path, .input]) : GuardValue(.input)
    }
    if base.has(.state) { return stateMember(text, id) }
    for callable in base.callables {
      if case .instance(let definition, let attributes) = callable {
        if let known = attributes[text] { return known }
        if let method = reader.method(text, of: definition) {
          var own = base
          own.labels = base.labels
          if isProperty(method) {
            let summary = reader.summary(of: method, mode: .helper, receiver: own)
            return summary.value
          }
          return GuardValue(callable: .function(method, captured: [:], receiver: own))
        }
      }
    }
    if base.has(.scopes) {
      report.readsScopes = true
      return GuardValue([.scopes, .setting])
    }
    if base.has(.principal) { return principalMember(text, base, id) }
    if base.has(.credential) {
      if text == "scheme" { return GuardValue([.scheme, .input]) }
      if text == "status_code" || text == "status" { return statusOf(base) }
      var value = base.derived
      if base.has(.stored) {
        value.whenTrue = base.whenTrue
      }
      return value
    }
    if base.has(.stored) {
      if text == "status_code" || text == "status" { return statusOf(base) }
      var value = GuardValue(.stored)
      if GuardWords.isOwner(text) { value.labels.insert(.owner) }
      return value
    }
    if base.has(.input) {
      var value = GuardValue(.input)
      if base.has(.message) {
        value.labels.insert(.message)
        if GuardWords.isCredential(text) {
          value.labels.insert(.credential)
          value.sources = CredentialSources(.webSocketMessage)
        }
      }
      return value
    }
    return nil
  }

  private func isProperty(_ method: Definition) -> Bool {
    guard let owner = reader.program.module(method.module) else { return false }
    return owner.tree[owner.tree.functionDef(method.node).decorators].contains { decorator in
      owner.tree.kind(decorator) == .name
        && ["property", "cached_property"].contains(owner.tree.text(owner.tree.nameID(decorator)))
    }
  }

  private func statusOf(_ base: GuardValue) -> GuardValue {
    var value = GuardValue([.status, .stored])
    value.whenTrue = base.whenTrue
    return value
  }

  /// Something of the caller: a role, a flag, an id.
  func principalMember(_ text: String, _ base: GuardValue, _ id: NodeID) -> GuardValue {
    var value = GuardValue([.principal], sources: base.sources)
    value.whenTrue = base.whenTrue.isUnreachable ? .nothing : base.whenTrue
    if text == "is_authenticated" || text == "authenticated" {
      value.whenTrue = value.whenTrue.and(GuardProof(.authentication))
      return value
    }
    if text == "status_code" || text == "status" {
      value.labels = [.status, .stored]
      return value
    }
    if GuardWords.isRole(text) {
      value.labels.insert(.role)
      if let role = GuardWords.roleOfFlag(text) {
        value.whenTrue = value.whenTrue.and(GuardProof(.authorization, requirements: [role]))
      }
    }
    if GuardWords.isIdentity(text) { value.labels.insert(.identity) }
    if GuardWords.isOwner(text) { value.labels.insert(.identity) }
    if base.has(.stored) { value.labels.insert(.stored) }
    return value
  }

  // MARK: Subscripts

  private func subscripted(_ id: NodeID, _ state: inout GuardState) -> GuardValue {
    let parts = tree.subscript_(id)
    let base = evaluate(parts.value, &state)
    let key = evaluate(parts.slice, &state)
    if let value = item(key, of: base, parts.slice) {
      // A missing key raises.
      if base.has([.session, .state]), value.has(.principal) { state.add(value.whenTrue) }
      return value
    }
    if let elements = base.elements, case .integer(let index)? = key.constant {
      let position = index < 0 ? elements.count + index : index
      if elements.indices.contains(position) { return elements[position] }
    }
    if key.has(.credential), !base.has([.credential, .input]) {
      // A table of known credentials: an unknown one raises KeyError.
      return lookup(by: [key], raises: true, id, &state)
    }
    if key.has(.role) { return key }
    if base.labels.isEmpty || base.has(.setting), let constant = semantics.constant(of: id) {
      var value = GuardValue(constant: constant)
      value.labels.insert(.setting)
      return value
    }
    if base.has(.setting) { return settingMember(base, id) }
    var value = base.derived
    value.whenTrue = base.has(.stored) ? base.whenTrue : .nothing
    if value.whenTrue.isUnreachable { value.whenTrue = .nothing }
    return value
  }

  /// The value under a key of a part of the request, or of the caller's claims.
  func item(_ key: GuardValue, of base: GuardValue, _ keyNode: NodeID) -> GuardValue? {
    let text = key.constant?.string
    if base.has([.headers, .cookies, .query, .session]) {
      return requestItem(text ?? shortened(keyNode), of: base, keyNode)
    }
    if base.has(.request), let text { return scopeItem(text, base, keyNode) }
    if base.has(.state), let text { return stateMember(text, keyNode) }
    if base.has(.keywords) {
      guard let text else { return .unknown }
      return keywordArgument(text)
    }
    if base.has(.principal), !base.has(.role), let text { return principalMember(text, base, keyNode) }
    if base.has(.message), let text, GuardWords.isCredential(text) {
      report.note(.read, place(keyNode), "`\(text)` is read from the message")
      report.sources.formUnion(CredentialSources(.webSocketMessage))
      return GuardValue([.credential, .input, .message], sources: CredentialSources(.webSocketMessage))
    }
    for callable in base.callables {
      if case .instance(_, let attributes) = callable, let text, let known = attributes[text] { return known }
    }
    return nil
  }

  func keywordArgument(_ text: String) -> GuardValue {
    if let known = operationParameters[text] { return known }
    switch text {
    case "request", "websocket", "req": return GuardValue(.request)
    default:
      guard GuardWords.isPrincipal(text) else { return .unknown }
      var value = GuardValue(.principal)
      value.whenTrue = GuardProof(.authentication)
      return value
    }
  }

  // MARK: Operators

  private func boolean(_ id: NodeID, _ state: inout GuardState) -> GuardValue {
    let parts = tree.boolOp(id)
    let values = Array(tree[parts.values])
    guard let first = values.first else { return .unknown }
    var result = evaluate(first, &state)
    // `header or cookie`: that one is missing says nothing of the other.
    let missing = state.missing
    defer { state.missing = missing }
    for next in values.dropFirst() {
      var (yes, no) = split(result, first, state)
      let isAnd = parts.op == .and
      if isAnd ? !yes.isReachable : !no.isReachable { return result }
      let other: GuardValue
      if isAnd {
        other = evaluate(next, &yes)
      } else {
        other = evaluate(next, &no)
      }
      result = isAnd ? conjunction(result, other) : disjunction(result, other)
      state = yes.joined(no)
    }
    return result
  }

  func conjunction(_ left: GuardValue, _ right: GuardValue) -> GuardValue {
    var result = GuardValue(left.labels.union(right.labels), sources: left.sources.union(right.sources))
    if !(left.has(.setting) && right.has(.setting)) { result.labels.remove(.setting) }
    result.whenTrue = left.whenTrue.and(right.whenTrue)
    result.whenFalse = left.whenFalse.or(left.whenTrue.and(right.whenFalse))
    if left.isTrue == false || right.isTrue == false { result.isTrue = false }
    if left.isTrue == true, right.isTrue == true { result.isTrue = true }
    if let one = left.condition, let two = right.condition { result.condition = .all([one, two]) }
    if left.isTrue == true { result.condition = right.condition }
    if right.isTrue == true { result.condition = left.condition }
    result.callables = right.callables
    return result
  }

  func disjunction(_ left: GuardValue, _ right: GuardValue) -> GuardValue {
    var result = GuardValue(left.labels.union(right.labels), sources: left.sources.union(right.sources))
    if !(left.has(.setting) && (right.has(.setting) || right.constant != nil)) { result.labels.remove(.setting) }
    result.whenTrue = left.whenTrue.or(left.whenFalse.and(right.whenTrue))
    result.whenFalse = left.whenFalse.and(right.whenFalse)
    if left.isTrue == true || right.isTrue == true { result.isTrue = true }
    if left.isTrue == false, right.isTrue == false { result.isTrue = false }
    if let one = left.condition, let two = right.condition { result.condition = .any([one, two]) }
    if left.isTrue == false { result.condition = right.condition }
    if right.isTrue == false { result.condition = left.condition }
    result.callables = left.callables + right.callables
    if left.isTrue == false, left.constant != nil { result.constant = right.constant }
    return result
  }

  private func binary(_ id: NodeID, _ state: inout GuardState) -> GuardValue {
    let parts = tree.binOp(id)
    let left = evaluate(parts.left, &state)
    let right = evaluate(parts.right, &state)
    var value = combined([left, right])
    if value.labels.isEmpty || value.labels == .setting, let constant = semantics.constant(of: id) {
      var folded = GuardValue(constant: constant)
      folded.labels = value.labels
      return folded
    }
    if left.has(.role) || right.has(.role) || left.has(.scopes) || right.has(.scopes) {
      let required = requirement(left.has(.role) ? right : left, left.has(.role) ? parts.right : parts.left)
      let proof = GuardProof(.authorization, requirements: required)
      // What is asked for without what the caller has: empty when nothing is missing.
      if parts.op == .sub, right.has(.role) { value.whenFalse = proof }
      if parts.op == .bitAnd, left.has(.role) || right.has(.role) { value.whenTrue = proof }
    }
    // `select(X) | …` and sums of clauses keep what they were bound to.
    if parts.op == .bitAnd || parts.op == .bitOr {
      let clause = parts.op == .bitAnd ? left.whenTrue.and(right.whenTrue) : left.whenTrue.or(right.whenTrue)
      if value.whenTrue.isEmpty { value.whenTrue = clause }
    }
    return value
  }

  private func comprehension(_ elements: [NodeID], _ generators: ListID, _ state: inout GuardState) -> GuardValue {
    var inner = state
    var proof = GuardProof.nothing
    var sources: [GuardValue] = []
    var conditions: [RequestCondition] = []
    for generator in tree[generators] {
      let parts = tree.generator(generator)
      let iterable = evaluate(parts.iterable, &inner)
      sources.append(iterable)
      bindElement(parts.target, iterable, &inner)
      for condition in tree[parts.conditions] {
        let value = evaluate(condition, &inner)
        if !value.whenTrue.isUnreachable { proof = proof.and(value.whenTrue) }
        if let found = value.condition { conditions.append(found) }
      }
    }
    var values = elements.map { evaluate($0, &inner) }
    if let last = values.last {
      if !last.whenTrue.isUnreachable { proof = proof.and(last.whenTrue) }
      if let found = last.condition { conditions.append(found) }
      // `all(s in user.scopes for s in required)` fails where the element does.
      if !last.whenFalse.isUnreachable { values[values.count - 1].whenFalse = last.whenFalse }
    }
    var value = combined(values + sources.map(\.derived))
    value.whenTrue = proof
    value.whenFalse = values.last.map { $0.whenFalse.isUnreachable ? .nothing : $0.whenFalse } ?? .nothing
    if conditions.count == 1 { value.condition = conditions[0] }
    return value
  }

  private func bindElement(_ target: NodeID, _ iterable: GuardValue, _ state: inout GuardState) {
    var value = element(of: iterable)
    // Alternatives of constants: kept whole for comparisons.
    if let constants = iterable.constant?.elements, constants.count > 1 { value.constant = .list(constants) }
    bind(target, value, &state)
  }
}
