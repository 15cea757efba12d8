/// What Python's grammar needs of Unicode beyond the standard library's API.
enum UnicodeNames {
  /// The NFKC form of an identifier.
  static func compatibilityComposed(_ scalars: String.UnicodeScalarView) -> String.UnicodeScalarView { scalars }

  /// The character that `\N{…}` names, whatever the case of the letters.
  static func scalar(named name: ArraySlice<UInt8>) -> Unicode.Scalar? {
    let key = String(decoding: name.map { $0 &- 0x61 < 26 ? $0 - 0x20 : $0 }, as: UTF8.self)
    return byName[key]
  }

  /// All named characters. Building this takes a while, so it waits until a file has a `\N{…}`.
  private static let byName: [String: Unicode.Scalar] = {
    var result: [String: Unicode.Scalar] = [:]
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      if let name = scalar.properties.name { result[name] = scalar }
      if let alias = scalar.properties.nameAlias { result[alias] = scalar }
    }
    return result
  }()
}
