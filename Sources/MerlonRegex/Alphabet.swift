/// A set of classes of characters (see `Alphabet`).
struct ClassSet: Hashable, Sendable {
  private var bits: SIMD4<UInt64> = .zero

  static let capacity = 256

  init() {}

  private init(bits: SIMD4<UInt64>) { self.bits = bits }

  var isEmpty: Bool { bits == .zero }

  mutating func insert(_ index: Int) { bits[index / 64] |= 1 << UInt64(index % 64) }
  func contains(_ index: Int) -> Bool { bits[index / 64] >> UInt64(index % 64) & 1 == 1 }
  func intersection(_ other: ClassSet) -> ClassSet { ClassSet(bits: bits & other.bits) }
  func overlaps(_ other: ClassSet) -> Bool { bits & other.bits != .zero }

  /// The lowest class of the set.
  var first: Int? {
    for word in 0..<4 where bits[word] != 0 { return word * 64 + bits[word].trailingZeroBitCount }
    return nil
  }
}

/// The characters, divided into classes that the sets of a pattern do not tell apart, so that the automaton works with
/// some ten letters in place of a million. The classes with the plainest examples come first.
struct Alphabet {
  /// An example of each class, one that can be shown where there is one.
  private(set) var examples: [Unicode.Scalar] = []
  private var classesOfSet: [CharacterRanges: ClassSet] = [:]

  /// Nil when there are more classes than a `ClassSet` holds.
  init?(sets: Set<CharacterRanges>) {
    let sets = Array(sets)
    var cuts: Set<UInt32> = [0]
    for set in sets {
      for range in set.ranges {
        cuts.insert(range.lowerBound)
        cuts.insert(range.upperBound + 1)
      }
    }
    let starts = cuts.filter { $0 <= CharacterRanges.maximum }.sorted()
    guard starts.count * sets.count <= 1_000_000 else { return nil }
    var classes: [[Bool]: Unicode.Scalar] = [:]
    for (index, start) in starts.enumerated() {
      let end = index + 1 < starts.count ? starts[index + 1] - 1 : CharacterRanges.maximum
      guard let example = Self.example(start...end) else { continue }
      let members = sets.map { $0.contains(start) }
      if let known = classes[members], Self.rank(known) <= Self.rank(example) { continue }
      classes[members] = example
    }
    guard classes.count <= ClassSet.capacity else { return nil }
    let ordered = classes.sorted { (Self.rank($0.value), $0.value) < (Self.rank($1.value), $1.value) }
    examples = ordered.map(\.value)
    for (number, set) in sets.enumerated() {
      var members = ClassSet()
      for (index, entry) in ordered.enumerated() where entry.key[number] { members.insert(index) }
      classesOfSet[set] = members
    }
  }

  func classes(of set: CharacterRanges) -> ClassSet { classesOfSet[set] ?? ClassSet() }

  private static let favourites: [Unicode.Scalar] = ["a", "0", "A", "_", " ", "!", "-", "."]

  /// Lower is easier to read.
  private static func rank(_ scalar: Unicode.Scalar) -> Int {
    if let place = favourites.firstIndex(of: scalar) { return place }
    switch scalar.value {
    case 0x61...0x7A, 0x41...0x5A, 0x30...0x39: return 10
    case 0x21...0x7E: return 11
    case 0x09, 0x0A, 0x0D: return 12
    case 0...0x7F: return 13
    default: return 14
    }
  }

  private static func example(_ range: ClosedRange<UInt32>) -> Unicode.Scalar? {
    for favourite in favourites where range.contains(favourite.value) { return favourite }
    for plain in [0x61...0x7A, 0x41...0x5A, 0x30...0x39, 0x21...0x7E] as [ClosedRange<UInt32>]
    where range.overlaps(plain) {
      return Unicode.Scalar(max(range.lowerBound, plain.lowerBound))
    }
    // A range may begin among the surrogates, which are no scalars.
    return Unicode.Scalar(range.lowerBound) ?? (range.contains(0xE000) ? "\u{E000}" : nil)
  }
}
