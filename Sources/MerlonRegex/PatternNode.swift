/// A parsed pattern. Flags are applied while parsing: a set holds both cases of a letter where case is ignored, `.` is a
/// set, and an anchor says what it means.
indirect enum PatternNode: Sendable, Equatable {
  /// Takes one character of the set. Plain are literals and classes that are not negated: CPython merges alternatives of
  /// them into one.
  case set(CharacterRanges, isPlain: Bool)
  case sequence([PatternNode])
  case alternatives([PatternNode])
  case repeated(Repeat)
  case group(Int, PatternNode)
  /// `(?>…)`, and what a possessive quantifier repeats.
  case atomic(PatternNode)
  case look(PatternNode, isBehind: Bool, isNegated: Bool)
  case backreference(Int)
  case anchor(Anchor)
  /// `(?(1)yes|no)`.
  case conditional(group: Int, PatternNode, PatternNode)

  struct Repeat: Sendable, Equatable {
    var body: PatternNode
    var minimum: Int
    /// Nil where there is no end.
    var maximum: Int?
    var isLazy: Bool
    /// Where the quantified item stands in the pattern, in scalars, its quantifier included.
    var source: Range<Int>

    /// The place is no part of what is repeated: alternatives with the same start share it.
    static func == (left: Repeat, right: Repeat) -> Bool {
      left.minimum == right.minimum && left.maximum == right.maximum && left.isLazy == right.isLazy
        && left.body == right.body
    }

    /// True when it is treated as one without an end: three turns more or less decide nothing then.
    var isWide: Bool { maximum.map { $0 - minimum >= 20 } ?? true }
  }

  enum Anchor: Sendable, Hashable {
    case textStart, lineStart, textEnd, lineEnd
    /// `$` without `MULTILINE`: the end, or before a line feed at the end.
    case nearTextEnd
    case wordBoundary(isASCII: Bool)
    case notWordBoundary(isASCII: Bool)
  }

  static let empty = PatternNode.sequence([])
}

extension PatternNode {
  /// How many characters it takes, where it is always the same number; nil otherwise. The depth of the recursion is
  /// that of the pattern, which the parser bounds.
  var fixedWidth: Int? {
    switch self {
    case .set: return 1
    case .sequence(let parts):
      var width = 0
      for part in parts {
        guard let next = part.fixedWidth else { return nil }
        width += next
      }
      return width
    case .alternatives(let parts):
      let widths = Set(parts.map(\.fixedWidth))
      return widths.count == 1 ? widths.first ?? nil : nil
    case .repeated(let loop):
      guard loop.minimum == loop.maximum, let width = loop.body.fixedWidth else { return nil }
      return loop.minimum.multipliedReportingOverflow(by: width).partialValue
    case .group(_, let body), .atomic(let body): return body.fixedWidth
    case .look, .anchor: return 0
    case .backreference, .conditional: return nil
    }
  }

  /// True when it can take no character.
  var canBeEmpty: Bool {
    switch self {
    case .set: false
    case .sequence(let parts): parts.allSatisfy(\.canBeEmpty)
    case .alternatives(let parts): parts.contains(where: \.canBeEmpty)
    case .repeated(let loop): loop.minimum == 0 || loop.body.canBeEmpty
    case .group(_, let body), .atomic(let body): body.canBeEmpty
    case .look, .anchor, .backreference: true
    case .conditional(_, let yes, let no): yes.canBeEmpty || no.canBeEmpty
    }
  }

  /// True when a match can only begin at the start of the text.
  var isAnchoredAtStart: Bool {
    switch self {
    case .anchor(.textStart): true
    case .sequence(let parts): parts.first?.isAnchoredAtStart ?? false
    case .alternatives(let parts): !parts.isEmpty && parts.allSatisfy(\.isAnchoredAtStart)
    case .group(_, let body), .atomic(let body): body.isAnchoredAtStart
    default: false
    }
  }

  /// The pattern with the look behind at its start as a part that is taken, so that texts for a search hold it.
  var takingWhatLiesBefore: PatternNode {
    guard case .sequence(let parts) = self, case .look(let body, isBehind: true, isNegated: false)? = parts.first else {
      return self
    }
    return .sequence([body] + parts.dropFirst())
  }
}

/// The flags of `re` that change what a pattern means.
package struct PatternFlags: OptionSet, Sendable, Hashable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let ignoreCase = PatternFlags(rawValue: 1)
  package static let multiLine = PatternFlags(rawValue: 2)
  package static let dotAll = PatternFlags(rawValue: 4)
  package static let verbose = PatternFlags(rawValue: 8)
  package static let ascii = PatternFlags(rawValue: 16)
}

/// Why a pattern could not be read: CPython refuses it too, or it is beyond what is read here.
struct PatternError: Error {
  var message: String
  init(_ message: String) { self.message = message }
}
