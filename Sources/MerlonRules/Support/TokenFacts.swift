import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// What the arguments of a token's decoding or issuing say.
extension RuleContext {
  /// The value that a dictionary-like expression gives to a string key, followed through local names; nil when the key
  /// is not given or cannot be seen.
  func entry(_ key: String, of expression: NodeID?) -> NodeID? {
    guard let expression else { return nil }
    for origin in semantics.origins(of: expression) {
      switch tree.kind(origin) {
      case .dict:
        let dict = tree.dict(origin)
        for (keyNode, value) in zip(tree[dict.keys], tree[dict.values]) where tree.stringValue(keyNode) == key {
          return value
        }
      case .call:
        // dict(verify_exp=False)
        if let value = keyword(key, of: origin) { return value }
      default: continue
      }
    }
    return nil
  }

  /// True when an option of the call's `options` is written as false.
  func isOptionOff(_ option: String, of call: ModelledCall) -> Bool {
    if bool(entry(option, of: call["options"])) == false { return true }
    // A constant of this or another module.
    guard case .dictionary(let entries)? = constant(call["options"]) else { return false }
    return entries.last { $0.key == .string(option) }?.value == .bool(false)
  }

  /// True when the call has no `options`, or such as can be read here.
  func knowsOptions(of call: ModelledCall) -> Bool {
    guard let options = call["options"] else { return true }
    switch constant(options) {
    case .dictionary(let entries)?: return !entries.contains { $0.key == .unknown || $0.value == .unknown }
    case .some: return true
    case nil: break
    }
    return semantics.origins(of: options).allSatisfy { origin in
      tree.kind(origin) == .dict
        || (tree.kind(origin) == .call && semantics.qualifiedName(of: tree.call(origin).function) == "builtins.dict")
    }
  }

  /// True when the call's signature check is switched off.
  func isSignatureCheckOff(_ call: ModelledCall) -> Bool {
    isOptionOff("verify_signature", of: call) || bool(call["verify"]) == false
  }

  /// True when the function around `node` also decodes a token with its signature checked: the unchecked reading then
  /// only chooses the key.
  func verifiesTokenNearby(_ node: NodeID) -> Bool {
    guard let function = module.enclosingFunction(of: node) else { return false }
    var found = false
    walkOwnBody(function) { other in
      guard !found, other != node, tree.kind(other) == .call else { return }
      found =
        modelledCalls(other).contains { $0.has(.jwtDecode) && !isSignatureCheckOff($0) } || callsVerification(other)
    }
    return found
  }

  /// True when a call leads to a function of the project that decodes a token with its signature checked.
  private func callsVerification(_ call: NodeID) -> Bool {
    guard let definition = semantics.definition(of: tree.call(call).function),
      let callee = program.module(definition.module),
      callee.tree.kind(definition.node) == .functionDef
        || callee.tree.kind(definition.node) == .asyncFunctionDef
    else { return false }
    let context = callee.path == module.path ? self : RuleContext(program: program, module: callee, models: models)
    var found = false
    context.walkOwnBody(definition.node) { node in
      guard !found, callee.tree.kind(node) == .call else { return }
      found = context.modelledCalls(node).contains { $0.has(.jwtDecode) && !context.isSignatureCheckOff($0) }
    }
    return found
  }

  /// True when all that is read of an unchecked token chooses how to check it, or tells its age: `iss`, `kid`, `tid`, `exp`.
  func readsOnlyRoutingClaims(_ call: NodeID) -> Bool {
    let routing: Set<String> = [
      "iss", "kid", "tid", "exp", "iat", "alg", "typ", "aud", "azp", "appid", "client_id", "nbf", "ver",
    ]
    func key(_ user: NodeID) -> String? {
      switch tree.kind(user) {
      case .subscript: return tree.stringValue(tree.subscript_(user).slice)
      case .attribute:
        let parent = module.parent(of: user)
        guard tree.text(tree.attribute(user).name) == "get", tree.kind(parent) == .call else { return nil }
        return tree[tree.call(parent).arguments].first.flatMap(tree.stringValue)
      default: return nil
      }
    }
    let parent = module.parent(of: call)
    if let claim = key(parent) { return routing.contains(claim) }
    guard let statement = Optional(module.enclosingStatement(of: call)),
      let function = module.enclosingFunction(of: call)
    else { return false }
    var target = NodeID.none
    switch tree.kind(statement) {
    case .assign: if let first = tree[tree.assign(statement).targets].first { target = first }
    case .annAssign: target = tree.annAssign(statement).target
    default: return false
    }
    guard tree.kind(target) == .name, parent == statement else { return false }
    let name = tree.nameID(target)
    var uses = 0
    var onlyRouting = true
    walkOwnBody(function) { node in
      guard tree.kind(node) == .name, node != target, tree.nameID(node) == name, tree.context(node) == .load else {
        return
      }
      uses += 1
      guard let claim = key(module.parent(of: node)), routing.contains(claim) else {
        onlyRouting = false
        return
      }
    }
    return uses > 0 && onlyRouting
  }

  /// The call itself and what its key or algorithm argument can come from, as calls with a concept.
  func comes(_ expression: NodeID?, from concept: Concept) -> Bool {
    guard let expression else { return false }
    var found = false
    for origin in semantics.origins(of: expression) {
      tree.walk(origin) { node in
        if found { return false }
        switch tree.kind(node) {
        case .call: found = modelledCalls(node).contains { $0.has(concept) }
        case .name where node != origin && node != expression:
          found = semantics.origins(of: node).contains { $0 != node && holdsCall(of: concept, in: $0) }
        default: break
        }
        return !found
      }
    }
    return found
  }

  private func holdsCall(of concept: Concept, in expression: NodeID) -> Bool {
    var found = false
    tree.walk(expression) { node in
      if !found, tree.kind(node) == .call { found = modelledCalls(node).contains { $0.has(concept) } }
      return !found
    }
    return found
  }
}

/// Names of JSON web algorithms (RFC 7518 §3.1, RFC 8037 §3.1).
enum TokenAlgorithm {
  static func isNone(_ name: String) -> Bool { name.lowercased() == "none" }
  static func isSymmetric(_ name: String) -> Bool { name.uppercased().hasPrefix("HS") }
  static func isAsymmetric(_ name: String) -> Bool {
    let name = name.uppercased()
    return ["RS", "ES", "PS"].contains { name.hasPrefix($0) } || name == "EDDSA"
  }

  /// Least length of an HMAC key in bytes: the length of the hash's output (RFC 7518 §3.2).
  static func leastKeyBytes(_ name: String) -> Int? {
    switch name.uppercased() {
    case "HS256": 32
    case "HS384": 48
    case "HS512": 64
    default: nil
    }
  }
}
