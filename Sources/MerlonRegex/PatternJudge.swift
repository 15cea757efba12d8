/// How a pattern is applied: what has to be matched decides whether it can fail behind a loop.
package enum PatternUse: String, Sendable, Hashable, CaseIterable {
  /// From the start, wherever the match ends.
  case match
  /// From the start to the end.
  case fullMatch
  /// From any place.
  case search
}

/// How long a pattern can take, as a function of the length of the text.
package enum PatternVerdict: Sendable, Hashable {
  /// Nothing that is reported was found: linear, or quadratic.
  case harmless
  /// Each turn of a loop at least doubles the number of ways.
  case exponential(PatternAttack)
  /// Time grows with this power of the length, 3 or more.
  case polynomial(degree: Int, PatternAttack)
  /// Not a pattern, or beyond what is read in bounded time, with the reason.
  case notJudged(String)
}

/// Judges patterns of Python's `re` by the time that matching can take.
///
/// The automaton guesses texts on which the number of ways grows, and a backtracking machine of our own tries each guess
/// at several lengths, counting steps. Only what grows there is reported: so what the automaton leaves out (anchors,
/// references, atomic groups, whether the match can fail at all) can't make a false alarm. Time is bounded for every
/// pattern; no clock is read.
package enum PatternJudge {
  package static func judge(_ pattern: String, flags: PatternFlags = [], use: PatternUse) -> PatternVerdict {
    let node: PatternNode
    do { node = try PatternParser.parse(pattern, flags: flags) } catch { return .notJudged(error.message) }
    guard endlessLoops(in: node) > 0 else { return .harmless }
    let isSearch = use == .search && !node.isAnchoredAtStart
    guard let automaton = Automaton(isSearch ? node.takingWhatLiesBefore : node, isSearch: isSearch),
      let program = BacktrackingProgram(node, isFullMatch: use == .fullMatch)
    else { return .notJudged("the pattern is too large") }
    var trial = Trial(
      program: program, isSearch: use == .search, suffixes: suffixes(automaton.alphabet),
      loops: automaton.loops, pattern: Array(pattern.unicodeScalars))
    var search = AmbiguitySearch(automaton)
    for candidate in search.exponentialCandidates().prefix(12) {
      if let attack = trial.exponential(candidate) { return .exponential(attack) }
    }
    for candidate in search.polynomialCandidates(minimumLoops: 3) {
      if let (degree, attack) = trial.polynomial(candidate) { return .polynomial(degree: degree, attack) }
    }
    return search.isOverBudget || trial.isOverBudget ? .notJudged("the pattern is too large") : .harmless
  }

  private static func endlessLoops(in node: PatternNode) -> Int {
    switch node {
    case .set, .backreference, .anchor: 0
    case .sequence(let parts), .alternatives(let parts): parts.reduce(0) { $0 + endlessLoops(in: $1) }
    case .repeated(let loop): endlessLoops(in: loop.body) + (loop.isWide ? 1 : 0)
    case .group(_, let body), .atomic(let body), .look(let body, _, _): endlessLoops(in: body)
    case .conditional(_, let yes, let no): endlessLoops(in: yes) + endlessLoops(in: no)
    }
  }

  /// Ends that may make a match fail: nothing, what few patterns take, each kind of character, and a line feed that is
  /// not the last.
  private static func suffixes(_ alphabet: Alphabet) -> [[Unicode.Scalar]] {
    [[], ["!"]] + alphabet.examples.filter { $0 != "!" }.prefix(10).map { [$0] } + [["\n", "\n"]]
  }
}

/// Tries guesses on the machine.
private struct Trial {
  let program: BacktrackingProgram
  let isSearch: Bool
  let suffixes: [[Unicode.Scalar]]
  let loops: [Automaton.Loop]
  let pattern: [Unicode.Scalar]
  /// Steps of the machine that are left, all trials together: some tenths of a second.
  private var budget = 25_000_000

  init(
    program: BacktrackingProgram, isSearch: Bool, suffixes: [[Unicode.Scalar]], loops: [Automaton.Loop],
    pattern: [Unicode.Scalar]
  ) {
    self.program = program
    self.isSearch = isSearch
    self.suffixes = suffixes
    self.loops = loops
    self.pattern = pattern
  }

  var isOverBudget: Bool { budget <= 0 }

  /// True growth by a factor for each turn: more than 400,000 steps for at most 24 turns, and the last turn made them
  /// at least 1.6 times as many. (A power of the length would have to be the seventh.)
  mutating func exponential(_ candidate: Candidate) -> PatternAttack? {
    let candidate = shortened(candidate)
    guard !isOverBudget, let suffix = worstSuffix(candidate, count: 9, limit: 60_000) else { return nil }
    let limit = 400_000
    var previous: Int?
    var ratioIsHigh = false
    for count in 1...24 {
      guard let steps = steps(candidate, suffix, count: count, limit: limit) else {
        return ratioIsHigh ? attack(candidate, suffix, isOneLoop: true) : nil
      }
      if let previous { ratioIsHigh = steps * 5 >= previous * 8 }
      previous = steps
    }
    return nil
  }

  /// The power by which steps grow when the text is doubled, when that is about 3 or more.
  mutating func polynomial(_ candidate: Candidate) -> (Int, PatternAttack)? {
    let candidate = shortened(candidate)
    guard !isOverBudget, let suffix = worstSuffix(candidate, count: 16, limit: 200_000) else { return nil }
    let limit = 3_000_000
    var previous: Int?
    var degree = 0
    for count in [4, 8, 16, 32, 64, 128, 256] {
      let steps = steps(candidate, suffix, count: count, limit: limit)
      if let previous {
        // 5.66 is the power of two that lies between a square and a cube.
        var ratio = (steps ?? limit) * 100 / max(1, previous)
        let least = degree
        degree = 2
        while ratio >= 566 {
          ratio /= 2
          degree += 1
        }
        // What went past the limit grew at least as it did before.
        if steps == nil { degree = max(degree, least) }
      }
      guard let steps else { break }
      previous = steps
    }
    return degree >= 3 ? (degree, attack(candidate, suffix, isOneLoop: false)) : nil
  }

  private func text(_ candidate: Candidate, _ suffix: [Unicode.Scalar], count: Int) -> [Unicode.Scalar] {
    candidate.segments.flatMap { $0.lead + Array(repeatElement($0.pump, count: count).joined()) } + suffix
  }

  private mutating func steps(
    _ candidate: Candidate, _ suffix: [Unicode.Scalar], count: Int, limit: Int
  ) -> Int? {
    let steps = BacktrackingMachine.steps(
      program, text: text(candidate, suffix, count: count), isSearch: isSearch, limit: limit)
    budget -= steps ?? limit
    return steps
  }

  /// One turn in front of the others is one turn more.
  private func shortened(_ candidate: Candidate) -> Candidate {
    var candidate = candidate
    for (index, segment) in candidate.segments.enumerated() where segment.lead == segment.pump {
      candidate.segments[index].lead = []
    }
    return candidate
  }

  /// The first suffix with which about as many steps are made as with any.
  private mutating func worstSuffix(_ candidate: Candidate, count: Int, limit: Int) -> [Unicode.Scalar]? {
    var tried: [(steps: Int, suffix: [Unicode.Scalar])] = []
    for suffix in suffixes {
      guard let steps = steps(candidate, suffix, count: count, limit: limit) else { return suffix }
      tried.append((steps, suffix))
    }
    let most = tried.map(\.steps).max() ?? 0
    return tried.first { $0.steps * 2 >= most }?.suffix
  }

  private func attack(_ candidate: Candidate, _ suffix: [Unicode.Scalar], isOneLoop: Bool) -> PatternAttack {
    PatternAttack(
      segments: candidate.segments.map { .init(lead: Self.string($0.lead), pump: Self.string($0.pump)) },
      suffix: Self.string(suffix), ambiguousPart: isOneLoop ? loop(of: candidate) : loops(of: candidate))
  }

  private static func string(_ scalars: some Sequence<Unicode.Scalar>) -> String {
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars)
    return text
  }

  /// The innermost loop around all positions; the one around that, where an inner loop makes the ways differ.
  private func loop(of candidate: Candidate) -> String {
    let around = loops.filter { loop in candidate.positions.allSatisfy(loop.positions.contains) }.sorted {
      $0.positions.count < $1.positions.count
    }
    let loop = candidate.isDoubled && around.count > 1 ? around[1] : around.first
    return loop?.source.map(source) ?? Self.string(pattern)
  }

  /// The loops of a chain, as they follow one another.
  private func loops(of candidate: Candidate) -> String {
    var sources: [Range<Int>] = []
    for position in candidate.positions {
      let innermost = loops.filter { $0.positions.contains(position) }.min { $0.positions.count < $1.positions.count }
      guard let source = innermost?.source, sources.last != source else { continue }
      sources.append(source)
    }
    return sources.map(source).joined(separator: "…")
  }

  private func source(_ range: Range<Int>) -> String { Self.string(pattern[range.clamped(to: 0..<pattern.count)]) }
}
