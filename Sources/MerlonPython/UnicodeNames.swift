/// What Python's grammar needs of Unicode beyond the standard library's API.
enum UnicodeNames {
  // MARK: Identifiers

  /// The NFKC form of an identifier, by which Python tells names apart (PEP 3131).
  static func compatibilityComposed(_ scalars: String.UnicodeScalarView) -> String.UnicodeScalarView {
    guard scalars.contains(where: mayChange) else { return scalars }
    var parts = decomposed(scalars)
    order(&parts)
    return composed(parts)
  }

  /// True for a character that normalisation may change or join with its neighbours.
  private static func mayChange(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x80
      && (decompositions[scalar] != nil || scalar.properties.canonicalCombiningClass != .notReordered
        || joiningScalars.contains(scalar) || (0x1161...0x11C2).contains(scalar.value))
  }

  private static func decomposed(_ scalars: String.UnicodeScalarView) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    for scalar in scalars {
      if let parts = decompositions[scalar] { result += parts } else { result.append(scalar) }
    }
    return result
  }

  /// Puts runs of combining marks into canonical order.
  private static func order(_ parts: inout [Unicode.Scalar]) {
    var start = 0
    while start < parts.count {
      var end = start
      while end < parts.count, parts[end].properties.canonicalCombiningClass != .notReordered { end += 1 }
      if end > start + 1 {
        let sorted = parts[start..<end].enumerated().sorted {
          let left = $0.element.properties.canonicalCombiningClass
          let right = $1.element.properties.canonicalCombiningClass
          return left == right ? $0.offset < $1.offset : left < right
        }
        parts.replaceSubrange(start..<end, with: sorted.map(\.element))
      }
      start = max(end, start + 1)
    }
  }

  /// The canonical composition algorithm of Unicode (section 3.11, D117).
  private static func composed(_ parts: [Unicode.Scalar]) -> String.UnicodeScalarView {
    var result: [Unicode.Scalar] = []
    var starter: Int?
    var lastClass = Unicode.CanonicalCombiningClass.notReordered
    for part in parts {
      let partClass = part.properties.canonicalCombiningClass
      if let starter {
        let isAdjacent = result.count - 1 == starter
        if isAdjacent || lastClass < partClass, let whole = composition(result[starter], part) {
          result[starter] = whole
          continue
        }
      }
      if partClass == .notReordered { starter = result.count }
      lastClass = partClass
      result.append(part)
    }
    var view = String.UnicodeScalarView()
    view.append(contentsOf: result)
    return view
  }

  private static func composition(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar? {
    // Hangul syllables are put together by rule (section 3.12).
    let leading = Int(first.value) - 0x1100
    if 0..<19 ~= leading, (0x1161..<0x1176).contains(second.value) {
      return Unicode.Scalar(UInt32(0xAC00 + (leading * 21 + Int(second.value) - 0x1161) * 28))
    }
    let syllable = Int(first.value) - 0xAC00
    if 0..<11172 ~= syllable, syllable % 28 == 0, (0x11A8..<0x11C3).contains(second.value) {
      return Unicode.Scalar(first.value + second.value - 0x11A7)
    }
    return compositions[UInt64(first.value) << 32 | UInt64(second.value)]
  }

  private static let decompositions: [Unicode.Scalar: [Unicode.Scalar]] = {
    var result: [Unicode.Scalar: [Unicode.Scalar]] = [:]
    for (key, values) in entries(UnicodeTables.decompositions) {
      let bounds = key.split(separator: UInt8(ascii: "+")).compactMap(number)
      let parts = scalars(values)
      guard let first = bounds.first, let start = parts.first else { continue }
      for offset in 0..<(bounds.count > 1 ? bounds[1] : 1) {
        guard let scalar = Unicode.Scalar(first + offset) else { continue }
        result[scalar] = offset == 0 ? parts : Unicode.Scalar(start.value + offset).map { [$0] }
      }
    }
    return result
  }()

  private static let compositions: [UInt64: Unicode.Scalar] = {
    var result: [UInt64: Unicode.Scalar] = [:]
    for (key, values) in entries(UnicodeTables.compositions) {
      let parts = scalars(values)
      guard parts.count == 2, let whole = number(key).flatMap(Unicode.Scalar.init) else { continue }
      result[UInt64(parts[0].value) << 32 | UInt64(parts[1].value)] = whole
    }
    return result
  }()

  /// Characters that join with the one before them.
  private static let joiningScalars = Set(
    compositions.keys.compactMap { Unicode.Scalar(UInt32(truncatingIfNeeded: $0)) })

  // MARK: Names of characters

  /// The character that `\N{…}` names, whatever the case of the letters.
  static func scalar(named name: some Sequence<UInt8>) -> Unicode.Scalar? {
    let upper = name.map { $0 &- 0x61 < 26 ? $0 - 0x20 : $0 }
    let key = String(decoding: upper, as: UTF8.self)
    if let found = byName[key] { return found }
    // Names of these are made from their numbers.
    if let dash = upper.lastIndex(of: UInt8(ascii: "-")), let value = number(upper[(dash + 1)...]),
      let scalar = Unicode.Scalar(value), scalar.properties.name == key
    {
      return scalar
    }
    return upper.starts(with: "HANGUL SYLLABLE ".utf8) ? hangulByName[key] : nil
  }

  /// The named characters but those whose names are made by rule. Building this takes some hundredths of a second,
  /// so it waits until a file has a `\N{…}`.
  private static let byName: [String: Unicode.Scalar] = {
    var result: [String: Unicode.Scalar] = [:]
    let ranges: [ClosedRange<UInt32>] = [
      0x20...0x33FF, 0x4DC0...0x4DFF, 0xA000...0xABFF, 0xFB00...0xFFFD, 0x10000...0x16FFF, 0x1AFF0...0x1FBFF,
      0xE0000...0xE01EF,
    ]
    for value in ranges.joined() {
      guard let scalar = Unicode.Scalar(value) else { continue }
      if let name = scalar.properties.name { result[name] = scalar }
      if let alias = scalar.properties.nameAlias { result[alias] = scalar }
    }
    for (key, name) in entries(UnicodeTables.aliases) {
      result[String(decoding: name, as: UTF8.self)] = number(key).flatMap(Unicode.Scalar.init)
    }
    return result
  }()

  private static let hangulByName: [String: Unicode.Scalar] = {
    var result: [String: Unicode.Scalar] = [:]
    for value in UInt32(0xAC00)...0xD7A3 {
      guard let scalar = Unicode.Scalar(value), let name = scalar.properties.name else { continue }
      result[name] = scalar
    }
    return result
  }()

  // MARK: Tables

  /// The entries `key:value;` of a table.
  static func entries(_ table: StaticString) -> [(key: ArraySlice<UInt8>, value: ArraySlice<UInt8>)] {
    let text = UnsafeBufferPointer(start: table.utf8Start, count: table.utf8CodeUnitCount).filter { $0 != 0x0A }
    return text.split(separator: UInt8(ascii: ";")).compactMap { entry in
      guard let colon = entry.firstIndex(of: UInt8(ascii: ":")) else { return nil }
      return (entry[..<colon], entry[(colon + 1)...])
    }
  }

  /// Hexadecimal numbers with commas between them, as characters.
  static func scalars(_ text: ArraySlice<UInt8>) -> [Unicode.Scalar] {
    text.split(separator: UInt8(ascii: ",")).compactMap { number($0).flatMap(Unicode.Scalar.init) }
  }

  static func number(_ text: ArraySlice<UInt8>) -> UInt32? {
    if text.isEmpty || text.count > 6 { return nil }
    var value: UInt32 = 0
    for byte in text {
      guard let digit = Parser.hexadecimal(byte) else { return nil }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
