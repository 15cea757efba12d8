import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for outbound connections that accept any certificate.
struct TLSVerificationDisabledRule: CallRule {
  static let weakness = Weakness.tlsVerificationDisabled
  static let concepts: [Concept] = [.httpRequest, .httpClient, .unverifiedTLSContext]

  func check(_ call: ModelledCall, in context: RuleContext) {
    if call.has(.unverifiedTLSContext) {
      context.report(Self.weakness, at: call.node, "the TLS context accepts any certificate")
      return
    }
    if let verify = call["verify"], context.bool(verify) == false {
      if let url = context.string(call["url"]),
        url.hasPrefix("http://") || url.hasPrefix("https://localhost")
          || url.hasPrefix("https://127.0.0.1")
      {
        return
      }
      if speaksPlainHTTP(call, context) { return }
      if isReachabilityProbe(call, context) {
        context.report(
          Self.weakness, at: call.node, "the server's certificate is not verified, so anyone can give this answer",
          severity: .low)
        return
      }
      context.report(Self.weakness, at: call.node, "the server's certificate is not verified")
    } else if let requirement = call["certReqs"],
      context.denotes(requirement, .certNone) || context.string(requirement) == "CERT_NONE"
    {
      context.report(Self.weakness, at: call.node, "the server's certificate is not verified")
    }
  }

  /// True for a client without an address of its own in a function that writes `http://` addresses and none with
  /// `https://`: there is no certificate to verify.
  private func speaksPlainHTTP(_ call: ModelledCall, _ context: RuleContext) -> Bool {
    guard call["url"] == nil, !call.has(.httpRequest), let function = context.module.enclosingFunction(of: call.node)
    else { return false }
    let tree = context.tree
    var isPlain = false
    var isSecure = false
    context.walkOwnBody(function) { node in
      guard let text = tree.stringValue(node) else { return }
      if text.hasPrefix("http://") { isPlain = true }
      if text.hasPrefix("https") || text.hasPrefix("wss") { isSecure = true }
    }
    return isPlain && !isSecure
  }

  /// True for a request that carries nothing but its address and of whose answer only the status is read.
  private func isReachabilityProbe(_ call: ModelledCall, _ context: RuleContext) -> Bool {
    let tree = context.tree
    let carried = ["headers", "auth", "json", "data", "content", "cookies", "cert", "params", "files"]
    guard call.has(.httpRequest), !call.isOpen, !carried.contains(where: { call[named: $0] != nil }),
      let function = context.module.enclosingFunction(of: call.node)
    else { return false }
    var value = call.node
    if tree.kind(context.module.parent(of: value)) == .await { value = context.module.parent(of: value) }
    let statement = context.module.parent(of: value)
    guard tree.kind(statement) == .assign, let target = tree[tree.assign(statement).targets].first,
      tree.kind(target) == .name
    else { return false }
    let name = tree.nameID(target)
    var uses = 0
    var readsOnlyStatus = true
    context.walkOwnBody(function) { node in
      guard tree.kind(node) == .name, tree.nameID(node) == name, tree.context(node) == .load else { return }
      uses += 1
      let user = context.module.parent(of: node)
      guard tree.kind(user) == .attribute,
        ["status_code", "status", "ok", "is_success"].contains(tree.text(tree.attribute(user).name))
      else {
        readsOnlyStatus = false
        return
      }
    }
    return uses > 0 && readsOnlyStatus
  }
}

/// Looks for TLS contexts and sessions whose checks are switched off by assignment.
struct TLSVerificationUnsetRule: SyntaxRule {
  static let weakness = Weakness.tlsVerificationDisabled
  static let kinds: [NodeKind] = [.assign]

  func check(_ node: NodeID, in context: RuleContext) {
    let tree = context.tree
    let assign = tree.assign(node)
    for target in tree[assign.targets] where tree.kind(target) == .attribute {
      let attribute = tree.attribute(target)
      if isLastResort(attribute.value, at: node, context) { continue }
      guard Self.switches.contains(tree.text(attribute.name)), !isOption(node, context) else { continue }
      switch tree.text(attribute.name) {
      case "verify_mode" where context.denotes(assign.value, .certNone):
        context.report(Self.weakness, at: node, "the TLS context accepts any certificate")
      case "check_hostname" where context.bool(assign.value) == false && !setsVerifyMode(near: node, context):
        context.report(Self.weakness, at: node, "the certificate's name is not compared with the host's")
      case "verify" where context.bool(assign.value) == false:
        guard let type = context.semantics.type(of: attribute.value),
          context.entity(named: type.qualifiedName)?.concepts.contains(.httpClient) == true
        else { continue }
        context.report(Self.weakness, at: node, "the server's certificate is not verified")
      case "_create_default_https_context" where context.denotes(assign.value, .unverifiedTLSContext):
        context.report(Self.weakness, at: node, "certificates are not verified by anything in this process")
      default: continue
      }
    }
  }

  private static let switches: Set<String> = [
    "verify_mode", "check_hostname", "verify", "_create_default_https_context",
  ]

  /// True under a condition that asks for it (`if not settings.verify_ssl:`): the operator's choice, and not the default
  /// of the code.
  private func isOption(_ node: NodeID, _ context: RuleContext) -> Bool {
    let tree = context.tree
    var current = node
    for _ in 0..<64 {
      let parent = context.module.parent(of: current)
      if parent.isNone { return false }
      if tree.kind(parent) == .if {
        let text = tree.text(tree.conditional(parent).test).lowercased()
        if ["verify", "ssl", "tls", "insecure", "cert", "hostname", "check"].contains(where: text.contains) {
          return true
        }
      }
      if context.isFunction(parent) {
        let words = Set(SensitiveNames.words(of: tree.text(tree.functionDef(parent).name)))
        return !words.isDisjoint(with: ["unverified", "insecure", "noverify"])
      }
      current = parent
    }
    return false
  }

  /// True for a context that is called unverified and that is made only after the function had a way to return another
  /// one: the way for operators who ask for it.
  private func isLastResort(_ owner: NodeID, at node: NodeID, _ context: RuleContext) -> Bool {
    let tree = context.tree
    let words = Set(SensitiveNames.words(of: context.spelledName(owner) ?? ""))
    guard !words.isDisjoint(with: ["unverified", "insecure"]),
      let function = context.module.enclosingFunction(of: node)
    else { return false }
    let start = tree.range(node).start
    return tree[tree.functionDef(function).body].contains { statement in
      guard tree.kind(statement) == .if, tree.range(statement).end <= start else { return false }
      return tree[tree.conditional(statement).body].contains { tree.kind($0) == .return }
    }
  }

  /// `check_hostname = False` has to stand before `verify_mode = CERT_NONE`: that pair is one finding.
  private func setsVerifyMode(near node: NodeID, _ context: RuleContext) -> Bool {
    let tree = context.tree
    let root = context.module.enclosingFunction(of: node) ?? tree.root
    var found = false
    context.walkOwnBody(root) { other in
      guard tree.kind(other) == .assign else { return }
      let assign = tree.assign(other)
      for target in tree[assign.targets] where tree.kind(target) == .attribute {
        if tree.text(tree.attribute(target).name) == "verify_mode", context.denotes(assign.value, .certNone) {
          found = true
        }
      }
    }
    return found
  }
}
