import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for authentication that lets a caller in when the check itself fails.
struct FailOpenAuthenticationRule: SyntaxRule {
  static let weakness = Weakness.failOpenAuthentication
  static let kinds: [NodeKind] = [.try]

  func check(_ node: NodeID, in context: RuleContext) {
    let tree = context.tree
    let statement = tree.try_(node)
    guard let function = context.module.enclosingFunction(of: node), context.isFunction(function),
      let verification = verification(in: statement.body, context)
    else { return }
    for handler in tree[statement.handlers] {
      let body = Array(tree[tree.exceptHandler(handler).body])
      guard let outcome = outcome(of: body, function, context) else { continue }
      context.report(
        Self.weakness, at: handler, "when the check fails, \(outcome)", related: [(verification, "the check")])
    }
  }

  /// A call in the block that verifies a credential: a token decoding or password check of a library.
  private func verification(in body: ListID, _ context: RuleContext) -> NodeID? {
    let tree = context.tree
    var found: NodeID?
    for statement in tree[body] {
      context.walkOwnBody(statement) { node in
        guard found == nil, tree.kind(node) == .call else { return }
        if context.modelledCalls(node).contains(where: { $0.has(.jwtDecode) || $0.has(.passwordVerify) }) {
          found = node
        } else if let name = context.spelledName(tree.call(node).function), isCheck(name) {
          found = node
        }
      }
    }
    return found
  }

  private func isCheck(_ name: String) -> Bool {
    let words = SensitiveNames.words(of: name)
    guard let first = words.first else { return false }
    return ["verify", "authenticate", "validate", "decode"].contains(first)
      && !Set(words).isDisjoint(with: [
        "token", "jwt", "password", "user", "credentials", "signature", "session", "api",
      ])
  }

  /// What a handler does that lets the caller in; nil when it refuses, or gives nothing to go on with.
  private func outcome(of body: [NodeID], _ function: NodeID, _ context: RuleContext) -> String? {
    let tree = context.tree
    guard let last = body.last else { return nil }
    // A handler that can refuse, or asks another way, has not let anyone in yet.
    var mayRefuse = false
    for statement in body {
      context.walkOwnBody(statement) { node in if tree.kind(node) == .raise { mayRefuse = true } }
    }
    if mayRefuse { return nil }
    switch tree.kind(last) {
    case .return:
      let value = tree.value(last)
      if value.isNone { return nil }
      switch tree.kind(value) {
      case .constant: return context.bool(value) == true ? "the answer is `True`" : nil
      case .call:
        guard let name = context.spelledName(tree.call(value).function) else { return nil }
        if name == "call_next" { return "the request goes on as if it had passed" }
        let words = SensitiveNames.words(of: name)
        if words.last == "user" || words.last == "principal", !words.contains("anonymous"), !words.contains("guest") {
          return "a user is returned all the same"
        }
        return nil
      case .await:
        let inner = tree.value(value)
        if tree.kind(inner) == .call, context.spelledName(tree.call(inner).function) == "call_next" {
          return "the request goes on as if it had passed"
        }
        return nil
      case .name:
        let name = tree.text(tree.nameID(value))
        return isPrincipal(name) || (returnsPrincipal(function, context) && isSet(value, context))
          ? "`\(name)` is returned all the same" : nil
      default: return nil
      }
    case .pass, .expr:
      guard body.allSatisfy({ tree.kind($0) == .pass || tree.kind($0) == .expr }), isGuardName(function, context) else {
        return nil
      }
      return goesOn(after: function, context) ? "the error is swallowed and the request goes on" : nil
    default: return nil
    }
  }

  private func isPrincipal(_ name: String) -> Bool {
    ["user", "current_user", "principal", "account"].contains(name)
  }

  /// True when the function's annotation promises an account, not an optional one.
  private func returnsPrincipal(_ function: NodeID, _ context: RuleContext) -> Bool {
    let returns = context.tree.functionDef(function).returns
    guard !returns.isNone, let name = context.spelledName(returns) else { return false }
    return !Set(SensitiveNames.words(of: name)).isDisjoint(with: AccountNames.words)
  }

  /// True when no way to the name gives it `None` or nothing.
  private func isSet(_ value: NodeID, _ context: RuleContext) -> Bool {
    let origins = context.semantics.origins(of: value)
    return !origins.isEmpty
      && origins.allSatisfy { origin in
        if case .none? = context.constant(origin) { return false }
        return true
      }
  }

  private func isGuardName(_ function: NodeID, _ context: RuleContext) -> Bool {
    let words = Set(SensitiveNames.words(of: context.tree.text(context.tree.functionDef(function).name)))
    return !words.isDisjoint(with: [
      "require", "verify", "authenticate", "authorize", "guard", "check", "dispatch", "auth",
    ])
      && words.isDisjoint(with: ["optional", "maybe", "try"])
  }

  /// True when the function's last statement lets the request through (`return await call_next(request)`, `return user`).
  private func goesOn(after function: NodeID, _ context: RuleContext) -> Bool {
    let tree = context.tree
    guard let last = tree[tree.functionDef(function).body].last, tree.kind(last) == .return else { return false }
    let text = tree.text(tree.value(last))
    return text.contains("call_next") || text == "True"
  }
}
