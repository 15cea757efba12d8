import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for origin patterns that match every site, or more sites than meant.
struct CORSOriginReflectedRule: CallRule {
  static let weakness = Weakness.corsOriginReflected
  static let concepts: [Concept] = [.corsMiddleware]

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard let pattern = call["originRegex"], let text = context.string(pattern) else { return }
    guard let flaw = Self.flaw(of: text) else { return }
    let hasCredentials = context.bool(call["credentials"]) == true
    context.report(
      Self.weakness, at: pattern, "\(flaw)\(hasCredentials ? ", with credentials" : "")",
      severity: hasCredentials ? nil : .medium)
  }

  /// What lets a foreign origin through. Starlette matches with `fullmatch`, so anchors are not needed.
  static func flaw(of pattern: String) -> String? {
    var body = pattern[...]
    if body.hasPrefix("^") { body = body.dropFirst() }
    if body.hasSuffix("$") { body = body.dropLast() }
    let wildcards = [".*", ".+", "https?://.*", "https?://.+", "http.*", "https://.*", "https://.+", "(.*)", "(.+)"]
    if wildcards.contains(String(body)) { return "the pattern of allowed origins matches every site" }
    // `https://.*example.com`: the dot before the name is missing or not escaped, so `evilexample.com` matches.
    let scalars = Array(body.unicodeScalars)
    for (index, scalar) in scalars.enumerated() where scalar == "." {
      let isEscaped = index > 0 && scalars[index - 1] == "\\"
      let next = index + 1 < scalars.count ? scalars[index + 1] : " "
      if !isEscaped, next.properties.isAlphabetic, index > 0, scalars[index - 1].properties.isAlphabetic {
        return "an unescaped `.` in the pattern of allowed origins matches any character"
      }
      if !isEscaped, next == "*" || next == "+", index + 2 < scalars.count,
        scalars[index + 2].properties.isAlphabetic
      {
        return "the pattern of allowed origins also matches names that only end like the trusted one"
      }
    }
    return nil
  }
}

/// Looks for handlers and middlewares that copy the request's `Origin` into `Access-Control-Allow-Origin`.
struct CORSOriginEchoedRule: SyntaxRule {
  static let weakness = Weakness.corsOriginReflected
  static let kinds: [NodeKind] = [.assign, .dict]

  func check(_ node: NodeID, in context: RuleContext) {
    let tree = context.tree
    if tree.kind(node) == .assign {
      let assign = tree.assign(node)
      for target in tree[assign.targets] where tree.kind(target) == .subscript {
        if isAllowOrigin(tree.stringValue(tree.subscript_(target).slice)) { judge(assign.value, at: node, context) }
      }
      return
    }
    let dict = tree.dict(node)
    for (key, value) in zip(tree[dict.keys], tree[dict.values]) where isAllowOrigin(tree.stringValue(key)) {
      judge(value, at: value, context)
    }
  }

  private func isAllowOrigin(_ name: String?) -> Bool { name?.lowercased() == "access-control-allow-origin" }

  private func judge(_ value: NodeID, at node: NodeID, _ context: RuleContext) {
    let tree = context.tree
    let comesFromRequest = context.semantics.origins(of: value).contains { origin in
      context.spelledName(origin)?.lowercased() == "origin" && tree.kind(origin) != .name && isHeaderRead(origin, tree)
    }
    guard comesFromRequest, !isChecked(value, context) else { return }
    context.report(Self.weakness, at: node, "the caller's own `Origin` is sent back as allowed, whatever it is")
  }

  private func isHeaderRead(_ node: NodeID, _ tree: Tree) -> Bool {
    var receiver: NodeID
    switch tree.kind(node) {
    case .subscript: receiver = tree.subscript_(node).value
    case .call:
      guard tree.kind(tree.call(node).function) == .attribute else { return false }
      receiver = tree.attribute(tree.call(node).function).value
    default: return false
    }
    if tree.kind(receiver) == .call { receiver = tree.call(receiver).function }
    return tree.kind(receiver) == .attribute && tree.text(tree.attribute(receiver).name) == "headers"
  }

  /// True when the function compares the value with something (`if origin in allowed`).
  private func isChecked(_ value: NodeID, _ context: RuleContext) -> Bool {
    let tree = context.tree
    guard let function = context.module.enclosingFunction(of: value), let name = context.spelledName(value) else {
      return false
    }
    var checked = false
    context.walkOwnBody(function) { node in
      guard !checked, tree.kind(node) == .compare else { return }
      checked = tree.children(node).contains { context.spelledName($0) == name }
    }
    return checked
  }
}
