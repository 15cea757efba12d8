/// A set of Unicode scalars (or bytes), as sorted ranges that do not touch.
struct CharacterRanges: Hashable, Sendable {
  private(set) var ranges: [ClosedRange<UInt32>]

  static let maximum: UInt32 = 0x10FFFF
  static let all = CharacterRanges([0...maximum])

  init(_ ranges: [ClosedRange<UInt32>]) {
    var merged: [ClosedRange<UInt32>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = merged.last, range.lowerBound <= last.upperBound &+ 1 {
        merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
      } else {
        merged.append(range)
      }
    }
    self.ranges = merged
  }

  init(_ scalar: Unicode.Scalar) { ranges = [scalar.value...scalar.value] }

  var isEmpty: Bool { ranges.isEmpty }

  var inverted: CharacterRanges {
    var result: [ClosedRange<UInt32>] = []
    var next: UInt32 = 0
    for range in ranges {
      if range.lowerBound > next { result.append(next...(range.lowerBound - 1)) }
      next = range.upperBound + 1
    }
    if next <= Self.maximum { result.append(next...Self.maximum) }
    return CharacterRanges(result)
  }

  func union(_ other: CharacterRanges) -> CharacterRanges { CharacterRanges(ranges + other.ranges) }

  func contains(_ value: UInt32) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound < value { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].lowerBound <= value
  }

  /// The set with the other case of each letter. Ranges of more than 256 scalars beyond ASCII are taken as they are:
  /// what is written so (`\u0080-\uffff`) holds both cases anyway.
  func ignoringCase(isASCII: Bool) -> CharacterRanges {
    var result = ranges
    for range in ranges {
      for letters in [0x41...0x5A, 0x61...0x7A] as [ClosedRange<UInt32>] where range.overlaps(letters) {
        let part = range.clamped(to: letters)
        result.append((part.lowerBound ^ 0x20)...(part.upperBound ^ 0x20))
      }
      let low = max(range.lowerBound, 0x80)
      guard !isASCII, low <= range.upperBound, range.upperBound - low <= 256 else { continue }
      for value in low...range.upperBound {
        guard let properties = Unicode.Scalar(value)?.properties else { continue }
        for text in [properties.lowercaseMapping, properties.uppercaseMapping] {
          if let other = text.unicodeScalars.first, text.unicodeScalars.count == 1 {
            result.append(other.value...other.value)
          }
        }
      }
    }
    return CharacterRanges(result)
  }
}

/// The classes that escapes name. Beyond ASCII only the large blocks of letters are listed: which of them `\w` holds
/// decides nothing here, because example texts are taken from ASCII where that is possible.
extension CharacterRanges {
  static func digits(isASCII: Bool) -> CharacterRanges {
    CharacterRanges(
      isASCII ? [0x30...0x39] : [0x30...0x39, 0x660...0x669, 0x6F0...0x6F9, 0x966...0x96F, 0xFF10...0xFF19])
  }

  /// For text, `str.isspace`: the separators 0x1C to 0x1F are among them.
  static func spaces(isASCII: Bool) -> CharacterRanges {
    CharacterRanges(
      isASCII
        ? [0x09...0x0D, 0x20...0x20]
        : [
          0x09...0x0D, 0x1C...0x20, 0x85...0x85, 0xA0...0xA0, 0x1680...0x1680, 0x2000...0x200A, 0x2028...0x2029,
          0x202F...0x202F, 0x205F...0x205F, 0x3000...0x3000,
        ])
  }

  static func words(isASCII: Bool) -> CharacterRanges {
    let ascii: [ClosedRange<UInt32>] = [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A]
    guard !isASCII else { return CharacterRanges(ascii) }
    return CharacterRanges(
      ascii + [
        0xAA...0xAA, 0xB2...0xB3, 0xB5...0xB5, 0xB9...0xBA, 0xBC...0xBE, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2C1,
        0x370...0x373, 0x386...0x386, 0x388...0x3FF, 0x400...0x481, 0x48A...0x52F, 0x561...0x587, 0x5D0...0x5EA,
        0x620...0x64A, 0x660...0x669, 0x6F0...0x6F9, 0x904...0x939, 0x966...0x96F, 0xE01...0xE30, 0x10A0...0x10FA,
        0x1E00...0x1FFC, 0x3041...0x3096, 0x30A1...0x30FA, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3,
        0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A, 0x20000...0x2A6DF,
      ])
  }
}
