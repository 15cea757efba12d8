package import MerlonProgram
package import MerlonPython

/// An argument of a call.
package struct FlowArgument: Sendable, Hashable {
  package enum Form: Sendable, Hashable { case plain, starred, doubleStarred }

  /// Nil for positional ones and for `**`.
  package var name: String?
  /// The expression, without its star.
  package var node: NodeID
  package var form: Form

  package init(name: String?, node: NodeID, form: Form) {
    self.name = name
    self.node = node
    self.form = form
  }
}

/// A call in a function, in the order of the code. Subscripts with a computed index count too (`isSubscript`).
package struct FlowCall: Sendable {
  package var node: NodeID
  /// What it runs; nil when unknown. A function handed to a runner (`run_in_threadpool(load, id)`) counts as called.
  package var target: CallTarget?
  /// Last name of what is called: `get` of `db.get`; empty for calls of calls.
  package var name: String
  /// The expression left of the dot, for methods; none otherwise.
  package var receiver: NodeID
  /// Those that the target gets.
  package var arguments: [FlowArgument]
  package var isSubscript: Bool
  /// False for a call that stands alone as a statement.
  package var isResultUsed: Bool
  /// True when the target runs through a runner, and the arguments are what the runner hands on.
  package var isHandedOver: Bool

  /// The definition of the project function that runs (`__init__` of a class), if there is one.
  package var function: Definition? {
    switch target?.kind {
    case .function(let definition): definition
    case .constructor(_, let initializer): initializer
    case .library, nil: nil
    }
  }

  /// The class that the call makes an instance of, when the project defines it.
  package var constructedClass: Definition? {
    if case .constructor(let definition, _) = target?.kind { definition } else { nil }
  }
}

/// How control leaves.
package enum FlowExit: Sendable, Hashable {
  case raises
  /// The returned expression; none for a bare `return`.
  case returns(NodeID)
  case continues, breaks
  /// A call that does not come back.
  case ends
}

/// A test that decides how control goes on.
package struct FlowCondition: Sendable {
  package enum Kind: Sendable { case branch, loop, assertion, expression, filter, `case` }

  package var kind: Kind
  package var test: NodeID
  /// The `if`, `while`, `assert`, conditional expression, comprehension clause or case.
  package var node: NodeID
  /// How control leaves when the test holds, and when it does not; nil where it goes on.
  package var exitIfTrue: FlowExit?
  package var exitIfFalse: FlowExit?

  /// True when one side leaves: what comes behind has passed the test.
  package var isRefusing: Bool { exitIfTrue != nil || exitIfFalse != nil || kind == .filter || kind == .assertion }
}

/// An assignment to an attribute or item of an object: `receiver.name = value`.
package struct FlowWrite: Sendable {
  package var node: NodeID
  package var receiver: NodeID
  /// Name or constant key; `[]` for computed ones.
  package var name: FlowName
  /// The assigned expression.
  package var value: NodeID
  /// The expression of a computed name (`setattr(user, key, …)`), else none.
  package var key: NodeID
}
