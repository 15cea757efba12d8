/// What a judgement about an operation of an API rests on.
public struct OperationEvidence: Sendable, Hashable {
  /// `GET`, several as `GET, HEAD`; `WEBSOCKET`, `MOUNT` for what has no method.
  public var method: String
  /// Full path template: `/users/{user_id}`.
  public var path: String
  /// Dotted name of the function that answers; empty when not known.
  public var handler: String
  /// Who may call it, in words: `anyone`, `any authenticated caller`.
  public var access: String
  /// What is asked before it answers, middleware first, each with what it needs itself below it.
  public var guards: [GuardNode]
  /// What a call does: "deletes `Item`".
  public var effects: [FlowStep]
  /// Operations that stand beside it and differ in what they ask.
  public var siblings: [OperationSibling]

  public init(
    method: String, path: String, handler: String, access: String, guards: [GuardNode] = [], effects: [FlowStep] = [],
    siblings: [OperationSibling] = []
  ) {
    self.method = method
    self.path = path
    self.handler = handler
    self.access = access
    self.guards = guards
    self.effects = effects
    self.siblings = siblings
  }

  /// `GET /users/{user_id}`.
  public var title: String { method + " " + path }
}

/// A callable in front of an operation.
public struct GuardNode: Sendable, Hashable {
  /// Dotted name.
  public var name: String
  /// What it does for access, in words: `enforces authentication`, `takes a token and checks nothing`.
  public var summary: String
  public var location: SourceLocation?
  /// What it depends on itself.
  public var children: [GuardNode]

  public init(name: String, summary: String, location: SourceLocation? = nil, children: [GuardNode] = []) {
    self.name = name
    self.summary = summary
    self.location = location
    self.children = children
  }
}

extension GuardNode {
  /// One row of a tree that is drawn as lines.
  public struct Row: Sendable, Hashable {
    public var depth: Int
    public var text: String
  }

  /// Deepest level that is drawn: chains of dependencies are short, and cyclic models must not hang a report.
  private static let deepest = 16

  /// The trees as lines, parents before what they need: `name (summary)`.
  public static func rows(_ nodes: [GuardNode], depth: Int = 0) -> [Row] {
    guard depth < deepest else { return [] }
    return nodes.flatMap { node in
      let text = node.summary.isEmpty ? node.name : "\(node.name) (\(node.summary))"
      return [Row(depth: depth, text: text)] + rows(node.children, depth: depth + 1)
    }
  }
}

/// An operation beside the one in question.
public struct OperationSibling: Sendable, Hashable {
  public var method: String
  public var path: String
  /// How it differs: "asks for `require_admin`".
  public var difference: String
  public var location: SourceLocation?

  public init(method: String, path: String, difference: String, location: SourceLocation? = nil) {
    self.method = method
    self.path = path
    self.difference = difference
    self.location = location
  }
}

extension Finding {
  /// The operation that the finding is about, where it is about one.
  public var operation: OperationEvidence? {
    for case .operation(let operation) in evidence { return operation }
    return nil
  }
}
