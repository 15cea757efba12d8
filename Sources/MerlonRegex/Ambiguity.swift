/// A text that should make a pattern try very many ways: what leads to each loop, what is repeated there, and an end at
/// which the match fails.
package struct PatternAttack: Sendable, Hashable {
  package struct Segment: Sendable, Hashable {
    package var lead: String
    package var pump: String
  }

  package var segments: [Segment]
  package var suffix: String
  /// The loop that can be run through in more than one way, or the loops that share a text with `…` between them.
  package var ambiguousPart: String

  /// The text with each pump repeated.
  package func text(repeating count: Int) -> String {
    segments.map { $0.lead + String(repeating: $0.pump, count: count) }.joined() + suffix
  }
}

/// A guess of the automaton: a text whose repetition should grow the number of ways.
struct Candidate {
  struct Segment {
    var lead: [Unicode.Scalar]
    var pump: [Unicode.Scalar]
  }

  var segments: [Segment]
  /// Positions between which the ways differ.
  var positions: [Int]
  /// True where one position follows another in two ways: then it is a loop around an inner one that is ambiguous.
  var isDoubled = false
}

/// Searches an automaton for what makes matching ambiguous (Weber and Seidl, "On the degree of ambiguity of finite
/// automata"; Weideman and others, "Analyzing matching time behavior of backtracking regular expression matchers").
struct AmbiguitySearch {
  /// Pairs or triples of positions that are looked at, all searches together.
  static let maximumWork = 3_000_000

  let automaton: Automaton
  let components: Components
  private(set) var isOverBudget = false
  private var work = 0

  init(_ automaton: Automaton) {
    self.automaton = automaton
    components = Components(automaton)
  }

  private mutating func spend(_ amount: Int = 1) -> Bool {
    work += amount
    if work > Self.maximumWork { isOverBudget = true }
    return !isOverBudget
  }

  // MARK: Exponential

  /// Loops with two ways over one text from a position back to it: each turn doubles the number of ways. Those with the
  /// shortest texts first, some of each loop.
  mutating func exponentialCandidates() -> [Candidate] {
    var result: [Candidate] = []
    for component in components.loops {
      var found = doubledEdges(in: component)
      found += diverging(in: component)
      found.sort { $0.pump.count < $1.pump.count }
      for cycle in found.prefix(4) {
        guard let lead = components.way(from: nil, to: [cycle.start]) else { continue }
        result.append(
          Candidate(
            segments: [.init(lead: components.text(lead), pump: cycle.pump)], positions: cycle.positions,
            isDoubled: cycle.isDoubled))
      }
    }
    return result
  }

  private struct Cycle {
    var start: Int
    var positions: [Int]
    var isDoubled: Bool
    var pump: [Unicode.Scalar]
  }

  private mutating func doubledEdges(in component: [Int]) -> [Cycle] {
    var result: [Cycle] = []
    for from in component {
      for to in automaton.successors[from] where automaton.isDoubled(from, to) {
        guard spend(), components.number[to] == components.number[from] else { continue }
        let back = to == from ? [] : components.way(from: to, to: [from], inside: components.number[from])
        guard let back else { continue }
        result.append(Cycle(start: from, positions: [from, to], isDoubled: true, pump: components.text([to] + back)))
        if result.count >= 4 { return result }
      }
    }
    return result
  }

  /// Pairs of runs that part at a position and can meet again: inside a component, a pair that meets somewhere can go
  /// on together to where it parted.
  private mutating func diverging(in component: [Int]) -> [Cycle] {
    let number = components.number[component[0]]
    let inside = Set(component)
    var predecessors: [Int: [Int]] = [:]
    for from in component {
      for to in automaton.successors[from] where inside.contains(to) { predecessors[to, default: []].append(from) }
    }
    // From each pair, the next pair on a shortest way to one whose parts are the same.
    var next: [Pair: Pair] = [:]
    var queue = component.map { Pair($0, $0) }
    var head = 0
    while head < queue.count {
      let pair = queue[head]
      head += 1
      guard automaton.labels[pair.left].overlaps(automaton.labels[pair.right]) else { continue }
      for left in predecessors[pair.left] ?? [] {
        guard spend((predecessors[pair.right] ?? []).count) else { return [] }
        for right in predecessors[pair.right] ?? [] where left != right {
          let previous = Pair(left, right)
          guard next[previous] == nil, automaton.labels[left].overlaps(automaton.labels[right]) else { continue }
          next[previous] = pair
          queue.append(previous)
        }
      }
    }
    var result: [Cycle] = []
    for start in component {
      let targets = automaton.successors[start].filter(inside.contains)
      guard spend(targets.count * targets.count) else { break }
      for (index, left) in targets.enumerated() {
        for right in targets[(index + 1)...] {
          var pair = Pair(left, right)
          guard next[pair] != nil, let first = example(pair) else { continue }
          var pump = [first]
          while let following = next[pair] {
            pair = following
            if let letter = example(pair) { pump.append(letter) }
          }
          if pair.left != start {
            guard let back = components.way(from: pair.left, to: [start], inside: number) else { continue }
            pump += components.text(back)
          }
          result.append(Cycle(start: start, positions: [start, left, right], isDoubled: false, pump: pump))
          if result.count >= 64 { return result }
        }
      }
    }
    return result
  }

  private func example(_ pair: Pair) -> Unicode.Scalar? {
    components.example(automaton.labels[pair.left].intersection(automaton.labels[pair.right]))
  }

  private struct Pair: Hashable {
    var left: Int
    var right: Int
    init(_ left: Int, _ right: Int) {
      self.left = min(left, right)
      self.right = max(left, right)
    }
  }

  // MARK: Polynomial

  /// Two loops, one behind the other, that can share a text: where the first ends is open.
  private struct Link {
    var from: Int
    var to: Int
    var pump: [Unicode.Scalar]
  }

  /// The longest chains of loops that share texts; a chain of `n` loops takes time of degree `n`.
  mutating func polynomialCandidates(minimumLoops: Int) -> [Candidate] {
    let links = self.links()
    guard links.count + 1 >= minimumLoops else { return [] }
    // Links of loops that are reached later come first, so that what can follow a link is known before it.
    var best: [(length: Int, next: Int?)] = []
    for (index, link) in links.enumerated() {
      var length = 1
      var next: Int?
      for (other, following) in links.enumerated().prefix(index) where best[other].length + 1 > length {
        guard spend() else { return [] }
        guard components.reaches(link.to, following.from) else { continue }
        length = best[other].length + 1
        next = other
      }
      best.append((length, next))
    }
    // A chain may go on to where nothing can fail any more, so its beginnings are tried too; short texts first.
    var chains: [[Int]] = []
    for start in best.indices where best[start].length + 1 >= minimumLoops {
      var chain = [start]
      while let next = chain.last.flatMap({ best[$0].next }) { chain.append(next) }
      for length in (minimumLoops - 1)...chain.count { chains.append(Array(chain.prefix(length))) }
    }
    let keys = chains.map { chain in (chain.map { links[$0].pump.count }.max() ?? 0, -chain.count) }
    let order = chains.indices.sorted { keys[$0] < keys[$1] }
    return order.prefix(24).compactMap { candidate(chains[$0].map { links[$0] }) }
  }

  private func candidate(_ chain: [Link]) -> Candidate? {
    var segments: [Candidate.Segment] = []
    var positions: [Int] = []
    var place: Int?
    for link in chain {
      var lead: [Unicode.Scalar] = []
      // Inside one loop no text is needed to come from one of its positions to another: the pump is a turn of it.
      if place.map({ components.number[$0] != components.number[link.from] }) ?? true {
        guard let way = components.way(from: place, to: [link.from]) else { return nil }
        lead = components.text(way)
      }
      positions += [link.from, link.to]
      place = link.to
      if lead.isEmpty, let last = segments.last, last.pump == link.pump { continue }
      segments.append(.init(lead: lead, pump: link.pump))
    }
    return Candidate(segments: segments, positions: positions)
  }

  /// For loops `p` and `q`, a text that leads from `p` to `p`, from `p` to `q` and from `q` to `q`.
  private mutating func links() -> [Link] {
    var result: [Link] = []
    let loops = components.loops
    guard loops.count <= 60 else {
      isOverBudget = true
      return []
    }
    // Components are listed with those that are reached later first.
    for (later, second) in loops.enumerated() {
      for first in loops[(later + 1)...] where components.reaches(first[0], second[0]) {
        search: for from in first.prefix(8) {
          for to in second.prefix(8) {
            guard spend(10) else { return result }
            guard let pump = commonText(from, to) else { continue }
            result.append(Link(from: from, to: to, pump: pump))
            break search
          }
        }
      }
    }
    // A link may follow another when its first loop is reached from the other's second.
    return result.sorted { components.number[$0.from] < components.number[$1.from] }
  }

  private struct Triple: Hashable {
    var first: Int
    var middle: Int
    var last: Int
  }

  private mutating func commonText(_ from: Int, _ to: Int) -> [Unicode.Scalar]? {
    let firstNumber = components.number[from]
    let lastNumber = components.number[to]
    let start = Triple(first: from, middle: from, last: to)
    let goal = Triple(first: from, middle: to, last: to)
    var previous: [Triple: Triple] = [:]
    var queue = [start]
    var head = 0
    while head < queue.count {
      let triple = queue[head]
      head += 1
      for first in automaton.successors[triple.first] where components.number[first] == firstNumber {
        for last in automaton.successors[triple.last] where components.number[last] == lastNumber {
          let common = automaton.labels[first].intersection(automaton.labels[last])
          guard !common.isEmpty, spend(automaton.successors[triple.middle].count) else { continue }
          for middle in automaton.successors[triple.middle]
          where components.number[middle] >= lastNumber && common.overlaps(automaton.labels[middle]) {
            let reached = Triple(first: first, middle: middle, last: last)
            guard previous[reached] == nil else { continue }
            previous[reached] = triple
            if reached == goal { return text(to: goal, from: start, previous) }
            queue.append(reached)
          }
        }
      }
      if queue.count > 20_000 { return nil }
    }
    return nil
  }

  private func text(to goal: Triple, from start: Triple, _ previous: [Triple: Triple]) -> [Unicode.Scalar] {
    var result: [Unicode.Scalar] = []
    var current = goal
    while current != start, let before = previous[current] {
      let labels = automaton.labels
      let common = labels[current.first].intersection(labels[current.middle]).intersection(labels[current.last])
      if let letter = components.example(common) { result.append(letter) }
      current = before
    }
    return result.reversed()
  }
}
