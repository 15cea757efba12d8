package import MerlonBase
package import MerlonCatalog

/// What a library model says of one function, class or constant.
package struct LibraryEntity: Sendable {
  package enum Kind: Sendable { case function, `class`, constant }

  package var kind: Kind
  /// Canonical dotted name: where the library defines it, not where it re-exports it.
  package var name: String
  /// Concepts of the entity itself; a class has those of its bases too.
  package var concepts: Set<Concept>
  /// Marks given beside the concept, for instance `defaultTimeout` of `@concept("httpRequest", "defaultTimeout")`.
  package var marks: Set<String>
  /// Parameters of the function, or of the class's constructor, without `self`.
  package var parameters: [LibraryParameter]
  /// Canonical dotted name of the type that calling it gives; for a class, the class. Nil when the model says none.
  package var returns: String?
  /// For a constant: the canonical dotted name of its type.
  package var type: String?
  /// Base classes, by canonical dotted name.
  package var bases: [String]
  /// What the result is when it comes from outside: a kind of source (`@source("request")`).
  package var source: String?
  /// Kinds of places for which the result is harmless (`@sanitizer("sql", "html")`).
  package var cleans: Set<String> = []
  /// True when the result holds text of the arguments and the receiver (`@propagates`).
  package var propagates = false
  /// The model file that declares it, and where.
  package var path = ""
  package var position: SourcePosition?
}

/// One parameter of a modelled callable.
package struct LibraryParameter: Sendable {
  package enum Kind: Sendable { case positionalOnly, positional, keywordOnly, variadic, keywordVariadic }

  package var name: String
  package var kind: Kind
  /// The part that the parameter plays in the callable's concept.
  package var role: Role?
  /// What the argument decides, where that can do harm (`Sink("sql")`).
  package var sinks: [SinkKind] = []
  package var hasDefault: Bool
}

/// A rule that a project declares in its models: which values must not reach which places.
package struct OwnRule: Sendable, Hashable {
  /// Letters and digits, and no id of Merlon's own: `ACME001`.
  package var id: String
  /// In kebab-case.
  package var name: String
  package var severity: Severity
  package var cwe: [Int]
  /// What is said of a finding; `{source}` and `{callee}` are replaced.
  package var message: String
  /// Kinds of places; the id itself where none is named.
  package var sinks: Set<SinkKind>
  /// Kinds of sources; empty for all.
  package var sources: Set<String>
  /// The docstring: why it matters.
  package var why: String
  /// Where it is declared.
  package var path: String
  package var position: SourcePosition
}
