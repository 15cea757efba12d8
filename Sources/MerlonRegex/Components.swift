/// The strongly connected components of an automaton, and shortest ways in it.
struct Components {
  /// Number of each position's component; those that are reached later have lower numbers (Tarjan's order).
  private(set) var number: [Int]
  /// The components that hold a loop, each with its positions.
  private(set) var loops: [[Int]] = []
  private let automaton: Automaton
  private var isReached: [Bool] = []
  private var componentCount = 0

  init(_ automaton: Automaton) {
    self.automaton = automaton
    let count = automaton.count
    number = [Int](repeating: -1, count: count)
    var index = [Int](repeating: -1, count: count)
    var low = [Int](repeating: 0, count: count)
    var isOnStack = [Bool](repeating: false, count: count)
    var stack: [Int] = []
    var next = 0
    var components = 0
    for root in 0..<count where index[root] < 0 {
      var frames = [(position: root, edge: 0)]
      while let frame = frames.last {
        let position = frame.position
        if frame.edge == 0 {
          index[position] = next
          low[position] = next
          next += 1
          stack.append(position)
          isOnStack[position] = true
        }
        let edges = automaton.successors[position]
        if frame.edge < edges.count {
          frames[frames.count - 1].edge += 1
          let target = edges[frame.edge]
          if index[target] < 0 {
            frames.append((target, 0))
          } else if isOnStack[target] {
            low[position] = min(low[position], index[target])
          }
          continue
        }
        frames.removeLast()
        if let parent = frames.last?.position { low[parent] = min(low[parent], low[position]) }
        guard low[position] == index[position] else { continue }
        var members: [Int] = []
        while let member = stack.popLast() {
          isOnStack[member] = false
          number[member] = components
          members.append(member)
          if member == position { break }
        }
        components += 1
        if members.count > 1 || edges.contains(position) { loops.append(members.sorted()) }
      }
    }
    componentCount = components
    isReached = [Bool](repeating: false, count: components * components)
    var members = [[Int]](repeating: [], count: components)
    for (position, component) in number.enumerated() { members[component].append(position) }
    // What is reached has a lower number, so it is complete when it is needed.
    for component in 0..<components {
      let row = component * components
      isReached[row + component] = true
      let targets = Set(members[component].flatMap { automaton.successors[$0] }.map { number[$0] })
      for target in targets where target != component {
        for other in 0...target where isReached[target * components + other] { isReached[row + other] = true }
      }
    }
  }

  /// True when a position is reached from another, or both are in one component.
  func reaches(_ from: Int, _ to: Int) -> Bool { isReached[number[from] * componentCount + number[to]] }

  /// The positions that a shortest way passes after `start`, the goal included; nil where there is none. With `start`
  /// nil it begins where matches begin. Of a way from a position to itself, the shortest that is not empty.
  func way(from start: Int?, to goals: Set<Int>, inside component: Int? = nil) -> [Int]? {
    var previous: [Int: Int] = [:]
    var queue: [Int] = []
    for position in start.map({ automaton.successors[$0] }) ?? automaton.first
    where previous[position] == nil && isAllowed(position, component) {
      previous[position] = -1
      queue.append(position)
    }
    var head = 0
    while head < queue.count {
      let position = queue[head]
      head += 1
      if goals.contains(position) {
        var way: [Int] = []
        var current = position
        while current >= 0 {
          way.append(current)
          current = previous[current] ?? -1
        }
        return way.reversed()
      }
      for next in automaton.successors[position] where previous[next] == nil && isAllowed(next, component) {
        previous[next] = position
        queue.append(next)
      }
    }
    return nil
  }

  private func isAllowed(_ position: Int, _ component: Int?) -> Bool {
    component == nil || number[position] == component
  }

  /// An example text that is taken on a way.
  func text(_ way: [Int]) -> [Unicode.Scalar] { way.compactMap { example(automaton.labels[$0]) } }

  func example(_ classes: ClassSet) -> Unicode.Scalar? { classes.first.map { automaton.alphabet.examples[$0] } }
}
