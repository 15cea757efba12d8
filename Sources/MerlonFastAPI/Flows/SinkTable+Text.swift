import MerlonAPI
import MerlonBase
import MerlonFlow
import MerlonModels
import MerlonProgram
import MerlonPython

/// Queries of stores other than SQL, headers and logs: places where the form of a text, or of a value, is what harms.
extension SinkTable {
  /// Methods of collections whose names mean the same everywhere; their first argument holds criteria.
  private static let criteria: Set<String> = [
    "find_one", "find_one_and_update", "find_one_and_delete", "find_one_and_replace", "update_one", "update_many",
    "delete_one", "delete_many", "replace_one", "count_documents",
  ]
  /// The same for names that other libraries use too.
  private static let commonCriteria: Set<String> = ["find", "aggregate", "distinct", "find_many"]

  func stores(_ call: FlowCall, _ flow: FunctionFlow) -> [Use] {
    func use(_ sink: SinkKind, _ node: NodeID?) -> [Use] {
      node.map { [Use(sink: sink, callee: call.name, node: $0)] } ?? []
    }
    guard !call.receiver.isNone else {
      guard call.name == "range", call.arguments.allSatisfy({ $0.name == nil }) else { return [] }
      // Only where it ends can make it long.
      return use(.amount, call.arguments.dropFirst(call.arguments.count > 1 ? 1 : 0).first?.node)
    }
    func named(_ names: String...) -> NodeID? { call.arguments.first { $0.name.map(names.contains) ?? false }?.node }
    let positional = call.arguments.prefix { $0.name == nil && $0.form == .plain }.map(\.node)
    switch call.name {
    case let name where Self.criteria.contains(name): return use(.nosql, named("filter") ?? positional.first)
    case let name
    where Self.commonCriteria.contains(name)
      && (isCollection(call.receiver, flow) || positional.first.map { flow.tree.kind($0) == .dict } ?? false):
      return use(.nosql, named("filter", "pipeline") ?? positional.first)
    case "search_s", "search_ext_s", "search_st", "search_ext":
      return use(.ldap, named("filterstr") ?? (positional.count > 2 ? positional[2] : nil))
    case "search", "paged_search":
      if let filter = named("search_filter", "filterstr") { return use(.ldap, filter) }
      // `connection.search(base, "(uid=…)", …)`
      guard positional.count > 1, holdsFilter(positional[1], flow) else { return [] }
      return use(.ldap, positional[1])
    case "xpath": return use(.xpath, named("_path", "query") ?? positional.first)
    case "add_header" where isHeaders(call.receiver, flow):
      return use(.header, positional.count > 1 ? positional[1] : nil)
    default: return []
    }
  }

  /// `(uid=…)`, `(&(objectClass=person)(cn=…))`.
  private func holdsFilter(_ node: NodeID, _ flow: FunctionFlow) -> Bool {
    flow.semantics.origins(of: node).contains { origin in
      [.joinedStr, .binOp, .call].contains(flow.tree.kind(origin))
        && WordSearch.contains(
          flow.tree.text(origin), anyOf: ["(uid=", "(cn=", "(mail=", "(&(", "(|(", "(samaccountname="])
    }
  }

  /// `db.users`, `db["users"]`, `users_collection`.
  private func isCollection(_ node: NodeID, _ flow: FunctionFlow) -> Bool {
    let text = flow.tree.text(node).lowercased()
    if text.contains("collection") || text.contains("mongo") { return true }
    let base: NodeID
    switch flow.tree.kind(node) {
    case .attribute: base = flow.tree.attribute(node).value
    case .subscript: base = flow.tree.subscript_(node).value
    default: return false
    }
    let owner = flow.tree.text(base).lowercased()
    return owner == "db" || owner == "database" || owner.hasSuffix(".db") || owner.hasSuffix("_db")
  }

  // MARK: Headers

  /// The values that a response's headers are made of; where it leads, for `Location`.
  func headers(_ node: NodeID?, _ flow: FunctionFlow) -> [Use] {
    guard let node else { return [] }
    var result: [Use] = []
    for origin in flow.semantics.origins(of: node) where flow.tree.kind(origin) == .dict {
      let parts = flow.tree.dict(origin)
      for (key, value) in zip(flow.tree[parts.keys], flow.tree[parts.values]) where !key.isNone {
        result.append(header(named: flow.tree.stringValue(key), value))
      }
    }
    return result
  }

  private func header(named name: String?, _ value: NodeID) -> Use {
    Use(sink: name?.lowercased() == "location" ? .redirect : .header, callee: name ?? "headers", node: value)
  }

  /// `response.headers["X-Name"] = value`, `message["Subject"] = value`.
  func use(of write: FlowWrite, in flow: FunctionFlow) -> Use? {
    guard flow.tree.kind(write.node) != .call, isHeaders(write.receiver, flow) else { return nil }
    return header(named: write.name == FlowValue.element ? nil : write.name.text, write.value)
  }

  private func isHeaders(_ node: NodeID, _ flow: FunctionFlow) -> Bool {
    if flow.tree.kind(node) == .attribute, flow.tree.text(flow.tree.attribute(node).name) == "headers" {
      // Headers of a request that goes out are checked by every client.
      let owner = flow.tree.text(flow.tree.attribute(node).value).lowercased()
      return owner.contains("response") || owner == "resp" || owner == "res"
    }
    guard let type = flow.semantics.type(of: node)?.qualifiedName else { return false }
    // `EmailMessage` refuses line breaks.
    return type.hasPrefix("email.") && !type.hasSuffix("EmailMessage")
  }

  // MARK: Logs

  /// The texts of a message. Fields of structured logs are written with their line breaks escaped, and so is what
  /// `%r` writes.
  func logged(_ call: FlowCall, _ entity: LibraryEntity, _ flow: FunctionFlow) -> [Use] {
    let texts = call.arguments.filter { $0.name == nil && $0.form == .plain }
    guard let first = texts.first else { return [] }
    let conversions = flow.semantics.constant(of: first.node)?.string.map(Self.conversions) ?? []
    return texts.enumerated().compactMap { position, argument in
      let conversion = position > 0 && position <= conversions.count ? conversions[position - 1] : "s"
      return conversion == "s" ? Use(sink: .log, callee: entity.name, node: argument.node) : nil
    }
  }

  /// The letters of the conversions in a `%` format, in their order.
  private static func conversions(_ format: String) -> [Character] {
    var result: [Character] = []
    var isInside = false
    for character in format {
      if !isInside {
        isInside = character == "%"
      } else if character == "%" {
        isInside = false
      } else if character.isLetter {
        result.append(character)
        isInside = false
      }
    }
    return result
  }
}
