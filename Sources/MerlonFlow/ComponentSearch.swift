import MerlonProgram

/// Tarjan's search for the cycles of the call graph, without recursion.
struct ComponentSearch {
  let engine: FlowEngine
  private var done: Set<Definition>
  private var index: [Definition: Int] = [:]
  private var low: [Definition: Int] = [:]
  private var open: [Definition] = []
  private var isOpen: Set<Definition> = []
  private var found: [[Definition]] = []

  init(engine: FlowEngine, done: Set<Definition>) {
    self.engine = engine
    self.done = done
  }

  private struct Visit {
    var node: Definition
    var callees: [Definition]
    var next = 0
  }

  mutating func run(from root: Definition, limit: Int) -> [[Definition]] {
    guard !done.contains(root) else { return [] }
    var stack: [Visit] = []
    push(root, &stack)
    while var visit = stack.popLast() {
      var isSuspended = false
      while visit.next < visit.callees.count {
        let callee = visit.callees[visit.next]
        visit.next += 1
        if done.contains(callee) { continue }
        if let known = index[callee] {
          if isOpen.contains(callee) { low[visit.node] = min(low[visit.node] ?? known, known) }
        } else if index.count < limit {
          stack.append(visit)
          push(callee, &stack)
          isSuspended = true
          break
        }
      }
      if !isSuspended { finish(visit.node, parent: stack.last?.node) }
    }
    return found
  }

  private mutating func push(_ node: Definition, _ stack: inout [Visit]) {
    index[node] = index.count
    low[node] = index[node]
    open.append(node)
    isOpen.insert(node)
    stack.append(Visit(node: node, callees: engine.callees(of: node)))
  }

  private mutating func finish(_ node: Definition, parent: Definition?) {
    guard let own = low[node] else { return }
    if own == index[node] {
      var group: [Definition] = []
      while let last = open.popLast() {
        isOpen.remove(last)
        done.insert(last)
        group.append(last)
        if last == node { break }
      }
      found.append(group.sorted { ($0.module, $0.node) < ($1.module, $1.node) })
    }
    if let parent { low[parent] = min(low[parent] ?? own, own) }
  }
}
