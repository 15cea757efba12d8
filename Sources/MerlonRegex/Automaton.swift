/// The positions of a pattern (its sets) and which may follow which: Glushkov's automaton, without empty moves, so that
/// two different ways over one text are two different runs. It also counts in how many ways a position follows another
/// (1, or 2 for more): in `(a*)*` the one position follows itself in the inner and in the outer loop.
///
/// It is wider than the pattern: anchors and references match everywhere here, and what atomic groups give up is not
/// given up. What it says is a guess that `BacktrackingMachine` then confirms or refutes.
struct Automaton {
  /// Most positions; a pattern that has more is not judged.
  static let maximumPositions = 500

  struct Loop {
    var positions: Range<Int>
    /// Where it stands in the pattern, in scalars; nil for the search that is put in front.
    var source: Range<Int>?
  }

  let alphabet: Alphabet
  private(set) var labels: [ClassSet] = []
  /// Ways from a position to the next, `ways[from * count + to]`.
  private var ways: [UInt8]
  private(set) var successors: [[Int]] = []
  /// Where matches begin.
  private(set) var first: [Int] = []
  /// Repetitions without an end, or with one that is far.
  private(set) var loops: [Loop] = []
  let count: Int
  private var work = 0

  /// Nil when the pattern is beyond the bounds.
  ///
  /// - Parameter isSearch: whether a match may begin anywhere, which is a loop in front of the pattern.
  init?(_ node: PatternNode, isSearch: Bool) {
    var sets: Set<CharacterRanges> = []
    Self.collect(node, into: &sets)
    sets.insert(.all)
    let positions = Self.positions(of: node) + (isSearch ? 1 : 0)
    guard positions <= Self.maximumPositions, let alphabet = Alphabet(sets: sets) else { return nil }
    self.alphabet = alphabet
    count = positions
    ways = [UInt8](repeating: 0, count: positions * positions)
    var whole = Fragment()
    if isSearch {
      let any = PatternNode.set(.all, isPlain: false)
      let search = PatternNode.Repeat(body: any, minimum: 0, maximum: nil, isLazy: true, source: 0..<0)
      whole = build(.repeated(search))
      loops[0].source = nil
    }
    let pattern = build(node)
    whole = concatenated(whole, pattern)
    // Past this much, the lists of what follows what are too long to be searched.
    guard work <= 4_000_000 else { return nil }
    first = whole.first.map(\.position)
    successors = (0..<count).map { from in (0..<count).filter { ways[from * count + $0] > 0 } }
  }

  /// True when a position follows another in more than one way.
  func isDoubled(_ from: Int, _ to: Int) -> Bool { ways[from * count + to] > 1 }

  // MARK: Construction

  private struct End {
    var position: Int
    var ways: UInt8
  }

  private struct Fragment {
    var first: [End] = []
    var last: [End] = []
    /// Ways to match nothing, at most 2.
    var empties: UInt8 = 1
  }

  private static func times(_ left: UInt8, _ right: UInt8) -> UInt8 { min(2, left * right) }

  private mutating func connect(_ left: [End], _ right: [End]) {
    work += left.count * right.count
    guard work <= 4_000_000 else { return }
    for from in left {
      for to in right {
        let index = from.position * count + to.position
        ways[index] = min(2, ways[index] + Self.times(from.ways, to.ways))
      }
    }
  }

  private func scaled(_ ends: [End], by factor: UInt8) -> [End] {
    factor == 0 ? [] : ends.map { End(position: $0.position, ways: Self.times($0.ways, factor)) }
  }

  private mutating func concatenated(_ left: Fragment, _ right: Fragment) -> Fragment {
    connect(left.last, right.first)
    return Fragment(
      first: left.first + scaled(right.first, by: left.empties),
      last: right.last + scaled(left.last, by: right.empties),
      empties: Self.times(left.empties, right.empties))
  }

  private mutating func build(_ node: PatternNode) -> Fragment {
    switch node {
    case .set(let set, _):
      let position = labels.count
      guard position < count else { return Fragment() }
      labels.append(alphabet.classes(of: set))
      let end = [End(position: position, ways: 1)]
      return Fragment(first: end, last: end, empties: 0)
    case .sequence(let parts):
      var result = Fragment()
      for part in parts {
        let next = build(part)
        result = concatenated(result, next)
      }
      return result
    case .alternatives(let parts):
      var result = Fragment(empties: 0)
      for part in parts {
        let next = build(part)
        result.first += next.first
        result.last += next.last
        result.empties = min(2, result.empties + next.empties)
      }
      return result
    case .repeated(let loop): return build(loop)
    case .group(_, let body), .atomic(let body): return build(body)
    case .look(let body, let isBehind, _):
      guard !isBehind else { return Fragment() }
      // Looking ahead is a run of its own from here, which nothing follows.
      return Fragment(first: build(body).first)
    case .conditional(_, let yes, let no): return build(.alternatives([yes, no]))
    case .backreference, .anchor: return Fragment()
    }
  }

  private mutating func build(_ loop: PatternNode.Repeat) -> Fragment {
    let size = Self.positions(of: loop.body)
    guard size > 0 else { return Fragment() }
    let (required, optional) = Self.copies(of: loop, size: size)
    var result = Fragment()
    for copy in 0..<required {
      let start = labels.count
      var next = build(loop.body)
      if copy == required - 1, loop.isWide { close(&next, from: start, loop) }
      result = concatenated(result, next)
    }
    if loop.isWide {
      guard required == 0 else { return result }
      let start = labels.count
      var next = build(loop.body)
      close(&next, from: start, loop)
      next.empties = min(2, next.empties + 1)
      return concatenated(result, next)
    }
    // `x{,3}` is `(x(x(x)?)?)?`: what is skipped is skipped to the end, in one way.
    guard optional > 0 else { return result }
    var tail = Fragment()
    var lasts: [[End]] = []
    var empties: UInt8 = 1
    for _ in 0..<optional {
      let next = build(loop.body)
      connect(tail.last, next.first)
      if lasts.isEmpty {
        tail.first = next.first
        empties = min(2, 1 + next.empties)
      }
      tail.last = next.last
      lasts.append(next.last)
    }
    return concatenated(result, Fragment(first: tail.first, last: lasts.flatMap { $0 }, empties: empties))
  }

  private mutating func close(_ fragment: inout Fragment, from start: Int, _ loop: PatternNode.Repeat) {
    connect(fragment.last, fragment.first)
    loops.append(Loop(positions: start..<labels.count, source: loop.source))
  }

  // MARK: Size

  /// How often the body of a repetition is written out: large counts are cut, because three copies show every overlap.
  private static func copies(of loop: PatternNode.Repeat, size: Int) -> (required: Int, optional: Int) {
    // A body without positions says nothing, however often; nested, writing it out would take for ever.
    guard size > 0 else { return (0, 0) }
    let allowed = max(3, 60 / size)
    guard let maximum = loop.maximum, !loop.isWide else { return (min(loop.minimum, allowed), 0) }
    let required = min(loop.minimum, allowed)
    return (required, min(maximum - loop.minimum, max(0, allowed - required)))
  }

  private static func positions(of node: PatternNode) -> Int {
    switch node {
    case .set: return 1
    case .sequence(let parts), .alternatives(let parts):
      return parts.reduce(0) { min(100_000, $0 + positions(of: $1)) }
    case .repeated(let loop):
      let size = positions(of: loop.body)
      let (required, optional) = copies(of: loop, size: size)
      return min(100_000, (loop.isWide ? max(1, required) : required + optional) * size)
    case .group(_, let body), .atomic(let body): return positions(of: body)
    case .look(let body, let isBehind, _): return isBehind ? 0 : positions(of: body)
    case .conditional(_, let yes, let no): return positions(of: yes) + positions(of: no)
    case .backreference, .anchor: return 0
    }
  }

  private static func collect(_ node: PatternNode, into sets: inout Set<CharacterRanges>) {
    switch node {
    case .set(let set, _): sets.insert(set)
    case .sequence(let parts), .alternatives(let parts): for part in parts { collect(part, into: &sets) }
    case .repeated(let loop): collect(loop.body, into: &sets)
    case .group(_, let body), .atomic(let body), .look(let body, _, _): collect(body, into: &sets)
    case .conditional(_, let yes, let no):
      collect(yes, into: &sets)
      collect(no, into: &sets)
    case .backreference, .anchor: break
    }
  }
}
