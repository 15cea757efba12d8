import MerlonAPI
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// What is certain on the two sides of a condition.
extension FunctionReader {
  func branch(_ test: NodeID, _ state: GuardState) -> (GuardState, GuardState) {
    switch tree.kind(test) {
    case .unaryOp where tree.unaryOp(test).op == .not:
      let (yes, no) = branch(tree.unaryOp(test).operand, state)
      return (no, yes)
    case .boolOp:
      let parts = tree.boolOp(test)
      var decided: GuardState?
      var open = state
      for value in tree[parts.values] {
        guard open.isReachable else { break }
        let (yes, no) = branch(value, open)
        let (done, next) = parts.op == .and ? (no, yes) : (yes, no)
        decided = decided?.joined(done) ?? done
        open = next
      }
      var nothing = state
      nothing.stop()
      let end = decided ?? nothing
      return parts.op == .and ? (open, end) : (end, open)
    default:
      var state = state
      let value = evaluate(test, &state)
      return split(value, test, state)
    }
  }

  /// The states where a value is true and where it is not.
  func split(_ value: GuardValue, _ node: NodeID, _ state: GuardState) -> (GuardState, GuardState) {
    var yes = state
    var no = state
    if value.isTrue == false { yes.stop() }
    if value.isTrue == true { no.stop() }
    if let condition = value.condition {
      yes.worlds = yes.worlds.narrowed(to: condition)
      no.worlds = no.worlds.narrowed(to: condition.negated)
    }
    yes.add(value.whenTrue)
    no.add(value.whenFalse)
    if value.has(.credential), !value.has(.stored), tree.kind(node) != .compare {
      no.missing = no.missing ?? place(node)
    }
    refine(node, &yes, isTrue: true)
    refine(node, &no, isTrue: false)
    return (yes, no)
  }

  /// Notes in a branch what its condition says of a variable.
  private func refine(_ node: NodeID, _ state: inout GuardState, isTrue: Bool) {
    guard state.isReachable else { return }
    var target = node
    if tree.kind(node) == .namedExpr { target = tree.namedExpr(node).target }
    if tree.kind(node) == .compare {
      let parts = tree.compare(node)
      let operators = tree.comparisonOperators(parts)
      guard operators.count == 1, let right = tree[parts.comparators].first, tree.kind(right) == .constant,
        tree.constantKind(right) == .none
      else { return }
      var left = parts.left
      if tree.kind(left) == .namedExpr { left = tree.namedExpr(left).target }
      guard tree.kind(left) == .name, let symbol = module.symbol(of: left), let value = state.variables[symbol] else {
        return
      }
      let isNone = (operators[0] == .is || operators[0] == .equal) == isTrue
      guard operators[0] == .is || operators[0] == .isNot || operators[0] == .equal || operators[0] == .notEqual else {
        return
      }
      if isNone {
        if value.has(.credential), !value.has(.stored) { state.missing = state.missing ?? place(node) }
        state.variables[symbol] = value.refined(isTrue: false)
        state.variables[symbol]?.isNone = true
      } else {
        state.variables[symbol]?.isNone = false
        if value.has([.principal, .stored, .credential]) { state.variables[symbol] = value.refined(isTrue: true) }
      }
      return
    }
    guard tree.kind(target) == .name, let symbol = module.symbol(of: target),
      let value = state.variables[symbol]
    else { return }
    state.variables[symbol] = value.refined(isTrue: isTrue)
  }

  // MARK: Comparisons

  func comparison(_ id: NodeID, _ state: inout GuardState) -> GuardValue {
    let parts = tree.compare(id)
    let operators = tree.comparisonOperators(parts)
    current = state.worlds
    var leftNode = parts.left
    var left = evaluate(leftNode, &state)
    var result: GuardValue?
    for (position, rightNode) in tree[parts.comparators].enumerated() where position < operators.count {
      let right = evaluate(rightNode, &state)
      let one = compared(operators[position], left, right, leftNode, rightNode, id)
      result = result.map { conjunction($0, one) } ?? one
      left = right
      leftNode = rightNode
    }
    var value = result ?? .unknown
    value.isNone = false
    if value.whenTrue.contains(.authentication), !value.whenTrue.isUnreachable { noteVerification(id, "compared") }
    if value.whenFalse.contains(.authentication), !value.whenFalse.isUnreachable { noteVerification(id, "compared") }
    return value
  }

  func noteVerification(_ id: NodeID, _ message: String) {
    report.verifications += 1
    report.note(.verified, place(id), "\(message): `\(shortened(id))`")
  }

  func compared(
    _ op: ComparisonOperator, _ left: GuardValue, _ right: GuardValue, _ leftNode: NodeID, _ rightNode: NodeID,
    _ id: NodeID
  ) -> GuardValue {
    switch op {
    case .notEqual: return opposite(compared(.equal, left, right, leftNode, rightNode, id))
    case .isNot: return opposite(compared(.is, left, right, leftNode, rightNode, id))
    case .notIn: return opposite(compared(.in, left, right, leftNode, rightNode, id))
    case .is, .equal:
      if let value = comparedWithConstant(left, right, rightNode) ?? comparedWithConstant(right, left, leftNode) {
        return value
      }
      return equality(left, right, leftNode, rightNode, id)
    case .in: return membership(left, right, leftNode, rightNode, id)
    case .less, .lessEqual, .greater, .greaterEqual: return ordering(op, left, right, leftNode, rightNode, id)
    }
  }

  /// `x is None`, `x == True`, `len(x) == 0`.
  private func comparedWithConstant(_ value: GuardValue, _ other: GuardValue, _ node: NodeID) -> GuardValue? {
    guard let constant = other.constant, other.labels.isDisjoint(with: .kept) else { return nil }
    switch constant {
    case .none:
      guard tree.kind(node) == .constant else { return nil }
      var result = GuardValue(value.labels.intersection(.kept.union(.setting)), sources: value.sources)
      result.whenTrue = value.whenFalse
      result.whenFalse = value.whenTrue.isUnreachable ? .nothing : value.whenTrue
      if value.isNone == true || value.isTrue == false && value.constant == ConstantValue.none {
        result.isTrue = true
      } else if value.isNone == false {
        result.isTrue = false
        result.whenTrue = .everything
      }
      result.condition = value.condition?.negated
      if let known = value.constant, value.has(.setting), let condition = value.condition {
        // Set to something else than `None` by default.
        if known != .none, case .setting(let name, _, let place) = condition {
          result.condition = .not(.setting(name, isOnByDefault: true, place: place))
        }
      }
      return result
    case .bool(let flag):
      guard tree.kind(node) == .constant else { return nil }
      var result = value
      if !flag { result = opposite(value) }
      return result
    case .integer(0):
      guard value.has([.stored, .principal]) else { return nil }
      return opposite(value)
    default: return nil
    }
  }

  private func equality(
    _ left: GuardValue, _ right: GuardValue, _ leftNode: NodeID, _ rightNode: NodeID, _ id: NodeID
  ) -> GuardValue {
    var result = GuardValue.unknown
    if let condition = requestEquality(left, right, id) ?? requestEquality(right, left, id) {
      result.condition = condition
      result.labels = .input
      return result
    }
    for (one, other, otherNode) in [(left, right, rightNode), (right, left, leftNode)] {
      if one.has(.status), case .integer(let code)? = statusConstant(other, otherNode), (200..<300).contains(code) {
        result.whenTrue = one.whenTrue
        return result
      }
    }
    if left.has(.origin) || right.has(.origin) {
      if left.has(.origin) != right.has(.origin) || left.labels.isDisjoint(with: .input) == false {
        result.whenTrue = GuardProof(.origin)
      }
      return result
    }
    for (one, other, oneNode, otherNode) in [(left, right, leftNode, rightNode), (right, left, rightNode, leftNode)] {
      if one.has(.role), !other.has(.input) || other.has(.scopes) {
        result.whenTrue = GuardProof(.authorization, requirements: requirement(other, otherNode)).and(
          one.whenTrue.isUnreachable ? .nothing : GuardProof(one.whenTrue.checks.intersection(.authentication)))
        return result
      }
      if one.has(.credential), !one.has(.principal), !one.has(.stored) {
        if let proof = credentialEquality(one, other, oneNode, otherNode, id) {
          result.whenTrue = proof
          result.labels = .clause
          return result
        }
      }
    }
    for (one, other, oneNode, otherNode) in [(left, right, leftNode, rightNode), (right, left, rightNode, leftNode)] {
      // `item.owner_id == user.id`, in Python or as the clause of a query.
      if one.has(.principal), !other.has(.principal) || other.has(.owner), other.constant == nil {
        let isOwner = other.has(.owner) || GuardWords.isOwner(lastName(otherNode))
        let isIdentity = one.has(.identity) || tree.kind(oneNode) == .name
        if isOwner && isIdentity || isIdentity && other.has(.input) && !other.has(.credential)
          || isIdentity && one.has(.identity) && GuardWords.isIdentity(lastName(otherNode)) && other.has(.stored)
        {
          result.whenTrue = GuardProof(.ownership)
          result.labels = [.stored, .clause]
          return result
        }
      }
    }
    for (one, other, otherNode) in [(left, right, rightNode), (right, left, leftNode)]
    where one.has(.principal) && !other.has([.principal, .input]) && isCallersColumn(otherNode) {
      // `User.email == claims["sub"]` as the clause of a query: the row of who was verified.
      result.labels = [.stored, .principal]
      return result
    }
    if let one = left.constant, let two = right.constant {
      let isSetting = left.has(.setting) || right.has(.setting)
      let known: Bool? = one.isComplete && two.isComplete ? one == two : nil
      if isSetting {
        result.labels = .setting
        result.condition = .setting(shortened(id), isOnByDefault: known, place: ConditionPlace(place(id)))
      } else {
        result.isTrue = known
      }
      return result
    }
    if left.has(.setting) || right.has(.setting),
      left.has(.setting) || left.constant != nil, right.has(.setting) || right.constant != nil
    {
      result.labels = .setting
      result.condition = .setting(shortened(id), isOnByDefault: nil, place: ConditionPlace(place(id)))
    }
    return result
  }

  /// Whether an expression like `User.email` names what identifies the rows of a class that stands for callers.
  private func isCallersColumn(_ node: NodeID) -> Bool {
    guard tree.kind(node) == .attribute, GuardWords.isIdentity(lastName(node)) else { return false }
    let entity = lastName(tree.attribute(node).value)
    return entity.first?.isUppercase == true && GuardWords.isPrincipal(entity)
  }

  private func statusConstant(_ value: GuardValue, _ node: NodeID) -> ConstantValue? {
    if let constant = value.constant { return constant }
    return statusNumber(node).map { .integer($0) }
  }

  /// The last name in an expression: `owner_id` of `Item.owner_id`, `item["owner_id"]` or `getattr`.
  func lastName(_ node: NodeID) -> String {
    switch tree.kind(node) {
    case .name: return tree.text(tree.nameID(node))
    case .attribute: return tree.text(tree.attribute(node).name)
    case .subscript: return tree.stringValue(tree.subscript_(node).slice) ?? ""
    case .call:
      let parts = tree.call(node)
      if let first = tree[parts.arguments].first, let text = tree.stringValue(first) { return text }
      return tree[parts.arguments].first.map { lastName($0) } ?? ""
    default: return ""
    }
  }

  private func requestEquality(_ value: GuardValue, _ other: GuardValue, _ id: NodeID) -> RequestCondition? {
    guard !other.has([.input]) else { return nil }
    let texts = other.constant?.string.map { [$0] }
    if value.has(.path) { return .path(.equal, texts, subject: pathSubject(id), place: ConditionPlace(place(id))) }
    if value.has(.method), let texts { return .method(texts, place: ConditionPlace(place(id))) }
    if value.has(.connection), let texts { return .connection(texts) }
    return nil
  }

  /// `request.url.path` or `scope["path"]`, for messages.
  func pathSubject(_ id: NodeID) -> String {
    let text = tree.text(id)
    if text.contains("url.path") { return "request.url.path" }
    if text.contains("scope[") { return "scope[\"path\"]" }
    guard !tree.kind(function).isStatement || function == tree.root else {
      var found = "path"
      tree.walk(function) { node in
        if tree.kind(node) == .attribute, tree.text(tree.attribute(node).name) == "path",
          tree.kind(tree.attribute(node).value) == .attribute,
          tree.text(tree.attribute(tree.attribute(node).value).name) == "url"
        {
          found = "request.url.path"
        }
        if tree.kind(node) == .subscript, tree.stringValue(tree.subscript_(node).slice) == "path" {
          found = "scope[\"path\"]"
        }
        return found == "path"
      }
      return found
    }
    return "path"
  }

  /// What it proves that a credential equals something; nil when nothing.
  private func credentialEquality(
    _ credential: GuardValue, _ other: GuardValue, _ node: NodeID, _ otherNode: NodeID, _ id: NodeID
  ) -> GuardProof? {
    if other.has(.input), !other.has(.stored), !other.has(.principal) { return nil }
    if credential.has(.scheme) { return nil }
    if case .string(let text)? = other.constant, !other.has(.setting) {
      // The scheme's name, an empty text or a mark is no secret.
      if text.count < 5
        || ["bearer", "basic", "token", "apikey", "digest", "null", "undefined", "anonymous", "guest"]
          .contains(text.lowercased().trimmedSpaces)
      {
        return GuardProof.nothing
      }
    }
    if case .integer? = other.constant { return GuardProof.nothing }
    if case .bool? = other.constant { return GuardProof.nothing }
    if other.constant == ConstantValue.none, other.has(.setting), credential.isNone != false, credential.isTrue != true,
      !isKnownToBeSet(other)
    {
      // No key is configured by default, and a caller without one then has the same: none.
      report.add(
        PlacedGap(
          kind: .switchedOffByDefault,
          message: "`\(shortened(otherNode))` is `None` unless it is configured, and equals a missing credential",
          place: place(id)))
      return GuardProof(.possibleAuthentication)
    }
    return GuardProof(.authentication)
  }

  /// True behind a check that the setting is there.
  private func isKnownToBeSet(_ setting: GuardValue) -> Bool {
    guard let condition = setting.condition, !current.worlds.isEmpty else { return false }
    return current.worlds.allSatisfy { $0.conditions.contains(condition) }
  }

  private func membership(
    _ left: GuardValue, _ right: GuardValue, _ leftNode: NodeID, _ rightNode: NodeID, _ id: NodeID
  ) -> GuardValue {
    var result = GuardValue.unknown
    let texts = right.constant?.elements?.map { $0.string ?? "" }
    if left.has(.path) {
      if let text = right.constant?.string {
        result.condition = .path(.equal, [text], subject: pathSubject(id), place: ConditionPlace(place(id)))
      } else {
        result.condition = .path(
          .equal, texts ?? keys(right), subject: pathSubject(id), place: ConditionPlace(place(id)))
      }
      return result
    }
    if right.has(.path) {
      result.condition = .path(
        .contains, left.constant?.string.map { [$0] } ?? left.constant?.elements?.compactMap(\.string),
        subject: pathSubject(id), place: ConditionPlace(place(id)))
      return result
    }
    if left.has(.method), let texts = texts ?? keys(right) {
      result.condition = .method(texts, place: ConditionPlace(place(id)))
      return result
    }
    if left.has(.connection), let texts {
      result.condition = .connection(texts)
      return result
    }
    if left.has(.origin) {
      if !right.has(.input) { result.whenTrue = GuardProof(.origin) }
      return result
    }
    if right.has(.role), !left.has(.input) || left.has(.scopes) {
      result.whenTrue = GuardProof(.authorization, requirements: requirement(left, leftNode))
      return result
    }
    if left.has(.role), !right.has(.input) {
      result.whenTrue = GuardProof(.authorization, requirements: alternatives(right, rightNode))
      return result
    }
    if left.has(.credential), !left.has([.principal, .stored, .scheme]), !right.has([.input, .credential]),
      right.labels.isDisjoint(with: .containers)
    {
      result.whenTrue = GuardProof(.authentication)
      return result
    }
    if left.has(.identity), left.has(.principal), right.has(.stored) {
      result.whenTrue = GuardProof(.ownership)
      return result
    }
    if left.has(.setting) || left.constant != nil, right.has(.setting) || right.constant != nil {
      let known: Bool? =
        if let one = left.constant, let list = right.constant?.elements, list.allSatisfy(\.isComplete) {
          list.contains(one)
        } else { nil }
      if left.has(.setting) || right.has(.setting) {
        result.labels = .setting
        result.condition = .setting(shortened(id), isOnByDefault: known, place: ConditionPlace(place(id)))
      } else {
        result.isTrue = known
      }
    }
    return result
  }

  private func keys(_ value: GuardValue) -> [String]? {
    value.constant?.entries?.compactMap(\.key.string)
  }

  private func ordering(
    _ op: ComparisonOperator, _ left: GuardValue, _ right: GuardValue, _ leftNode: NodeID, _ rightNode: NodeID,
    _ id: NodeID
  ) -> GuardValue {
    var result = GuardValue.unknown
    if left.has(.role) || right.has(.role) {
      let isLeft = left.has(.role)
      let proof = GuardProof(
        .authorization, requirements: isLeft ? requirement(right, rightNode) : requirement(left, leftNode))
      let isAtLeast = (op == .greater || op == .greaterEqual) == isLeft
      if isAtLeast { result.whenTrue = proof } else { result.whenFalse = proof }
      return result
    }
    if left.has(.stored), case .integer(let number)? = right.constant, number <= 1 {
      switch op {
      case .greater, .greaterEqual: result.whenTrue = left.whenTrue
      default: result.whenFalse = left.whenTrue
      }
      if result.whenTrue.isUnreachable { result.whenTrue = .nothing }
      if result.whenFalse.isUnreachable { result.whenFalse = .nothing }
    }
    return result
  }

  // MARK: Requirements

  /// The role, scope or permission that is asked for; one of several when the value is a list.
  func requirement(_ value: GuardValue, _ node: NodeID) -> Set<String> {
    if value.has(.scopes) {
      report.readsScopes = true
      return ["{scopes}"]
    }
    switch value.constant {
    case .string(let text)?: return [text]
    case .integer(let number)?: return ["\(number)"]
    case .reference(let name)?: return [String(name.split(separator: ".").last ?? "")]
    case .list?, .tuple?, .set?: return alternatives(value, node)
    default: break
    }
    if let elements = value.elements, !elements.isEmpty { return alternatives(value, node) }
    if let constant = semantics.constant(of: node) {
      switch constant {
      case .string(let text): return [text]
      case .reference(let name): return [enumerationText(name)]
      default: break
      }
    }
    // A member of an enumeration, or a constant of a module.
    if tree.kind(node) == .attribute {
      let text = tree.text(node)
      if text.count < 60, text.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "." || $0 == "_" }) {
        let parts = text.split(separator: ".")
        if let last = parts.last {
          if last == "value" || last == "name", let before = parts.dropLast().last { return [before.lowercased()] }
          return [last.uppercased() == last ? last.lowercased() : String(last)]
        }
      }
    }
    return []
  }

  private func enumerationText(_ name: String) -> String {
    let last = name.split(separator: ".").last.map(String.init) ?? name
    return last.uppercased() == last ? last.lowercased() : last
  }

  func alternatives(_ value: GuardValue, _ node: NodeID) -> Set<String> {
    var texts: [String] = []
    if let elements = value.constant?.elements {
      texts = elements.compactMap { element in
        switch element {
        case .string(let text): text
        case .reference(let name): enumerationText(name)
        case .integer(let number): "\(number)"
        default: nil
        }
      }
    } else if let elements = value.elements, [.list, .tuple, .set].contains(tree.kind(node)) {
      for (element, item) in zip(elements, tree.elements(node)) { texts += requirement(element, item) }
    } else if let text = value.constant?.string {
      texts = [text]
    } else if value.has(.scopes) {
      return requirement(value, node)
    } else {
      return requirement(GuardValue(), node)
    }
    guard !texts.isEmpty else { return [] }
    return [Set(texts).sorted().joined(separator: "|")]
  }
}

extension String {
  var trimmedSpaces: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
