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
}

/// One parameter of a modelled callable.
package struct LibraryParameter: Sendable {
  package enum Kind: Sendable { case positionalOnly, positional, keywordOnly, variadic, keywordVariadic }

  package var name: String
  package var kind: Kind
  /// The part that the parameter plays in the callable's concept.
  package var role: Role?
  package var hasDefault: Bool
}
