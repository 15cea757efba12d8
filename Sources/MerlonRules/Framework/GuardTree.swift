import MerlonAPI
import MerlonBase

/// What stands in front of an operation, as a tree for evidence: middleware, then dependencies with what they need.
struct GuardTree {
  let nodes: [GuardNode]

  /// - Parameter application: the one that serves the route; its middleware comes first.
  init(_ route: Route, _ application: Application) {
    var nodes = application.middleware.compactMap { middleware -> GuardNode? in
      guard let facts = middleware.guardFacts, !facts.enforces.isEmpty || !facts.gaps.isEmpty else { return nil }
      return GuardNode(name: middleware.className, summary: facts.words, location: middleware.location)
    }
    // Parents stand before what they need, so one pass backwards has the children of each ready.
    var children: [Int: [GuardNode]] = [:]
    for (index, dependency) in route.dependencies.enumerated().reversed() {
      let node = GuardNode(
        name: dependency.variable.map { String($0.split(separator: ":").last ?? "") } ?? dependency.callable.fullName,
        summary: dependency.guardFacts?.words ?? (dependency.isSecurityScheme ? "takes a credential" : ""),
        location: dependency.callable.location, children: children[index] ?? [])
      children[dependency.parent ?? -1, default: []].insert(node, at: 0)
    }
    nodes += children[-1] ?? []
    if let facts = route.handlerFacts, !facts.enforces.isEmpty {
      nodes.append(
        GuardNode(name: "the operation itself", summary: facts.words, location: facts.evidence.first?.location))
    }
    self.nodes = nodes
  }
}

extension GuardFacts {
  /// What it does for access, in words.
  var words: String {
    var parts: [String] = []
    if !enforces.isEmpty {
      parts.append("enforces " + Enforcement.allCases.filter(enforces.contains).map(\.rawValue).joined(separator: ", "))
    }
    if !requirements.isEmpty { parts.append("asks for " + requirements.map { "`\($0)`" }.joined(separator: ", ")) }
    parts += gaps.map(\.message)
    return parts.joined(separator: "; ")
  }
}

extension AccessRequirement {
  /// Who may call, in words that end a sentence: "open to …".
  var words: String {
    switch level {
    case .anonymous: "anyone"
    case .authenticated: "any authenticated caller"
    case .authorized:
      requirements.isEmpty
        ? "callers with a role" : "callers with " + requirements.map { "`\($0)`" }.joined(separator: ", ")
    case .owner: "the owner of the object"
    case .unknown: "callers that pass a guard which could not be judged"
    }
  }
}

extension Effect {
  /// What happens, as a verb and its object: "deletes `Item`".
  var words: String {
    let object = target.isEmpty || target.contains(".") ? "" : " `\(target)`"
    return switch kind {
    case .read: "reads" + (object.isEmpty ? " stored data" : object)
    case .create: "creates" + (object.isEmpty ? " an object" : object)
    case .update: "changes" + (object.isEmpty ? " stored data" : object)
    case .delete: "deletes" + (object.isEmpty ? " stored data" : object)
    case .send: "sends" + (object.isEmpty ? " a message" : object)
    case .execute: "executes" + (object.isEmpty ? " a command" : object)
    case .fileRead: "reads a file" + object
    case .fileWrite: "writes a file" + object
    case .credential: "hands out or changes a credential" + object
    case .payment: "moves money or stock" + object
    }
  }
}
