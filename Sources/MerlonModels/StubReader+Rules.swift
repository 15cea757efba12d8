import MerlonBase
import MerlonPython

extension StubReader {
  /// `@rule(id="ACME001", severity="high", cwe=943, message="…", sinks=["search"], sources=["request"])` on a class
  /// whose docstring says why.
  mutating func declareRule(_ decorator: NodeID, on definition: ClassDef) {
    let call = tree.call(decorator)
    var rule = OwnRule(
      id: "", name: "", severity: .medium, cwe: [], message: "", sinks: [], sources: [], why: "",
      path: path, position: tree.position(tree.range(decorator).start))
    for keyword in tree[call.keywords] {
      let part = tree.keyword(keyword)
      let name = tree.text(part.name)
      let text = tree.stringValue(part.value)
      switch name {
      case "id": rule.id = text ?? ""
      case "name": rule.name = text ?? ""
      case "message": rule.message = text ?? ""
      case "severity":
        guard let severity = text.flatMap(Severity.init(rawValue:)) else {
          report(tree.range(part.value), "`severity` is critical, high, medium, low or info")
          continue
        }
        rule.severity = severity
      case "cwe":
        rule.cwe = elements(part.value).compactMap { tree.integerValue($0) }
        if rule.cwe.isEmpty { report(tree.range(part.value), "`cwe` is a number, or a list of numbers") }
      case "sinks": rule.sinks = Set(strings(part.value, name).map(SinkKind.init(rawValue:)))
      case "sources": rule.sources = Set(strings(part.value, name))
      default: report(tree.range(keyword), "a rule has no `\(name)`: id, name, severity, cwe, message, sinks, sources")
      }
    }
    let isOwn = rule.id.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || $0 == 0x2D }
    guard !rule.id.isEmpty, isOwn, !rule.id.hasPrefix("MRL") else {
      return report(
        tree.range(decorator), "`id` is made of capital letters, digits and hyphens, and does not begin with MRL")
    }
    guard !rule.message.isEmpty else { return report(tree.range(decorator), "the rule \(rule.id) has no `message`") }
    if rule.name.isEmpty { rule.name = rule.id.lowercased() }
    if rule.sinks.isEmpty { rule.sinks = [SinkKind(rawValue: rule.id)] }
    if let first = tree[definition.body].first, tree.kind(first) == .expr {
      rule.why = tree.stringValue(tree.value(first)) ?? ""
    }
    output.rules.append(rule)
  }

  private func elements(_ node: NodeID) -> [NodeID] {
    switch tree.kind(node) {
    case .list, .tuple: Array(tree.elements(node))
    default: [node]
    }
  }

  private mutating func strings(_ node: NodeID, _ name: String) -> [String] {
    elements(node).compactMap { element in
      if let text = tree.stringValue(element) { return text }
      report(tree.range(element), "`\(name)` is a string, or a list of strings")
      return nil
    }
  }
}
