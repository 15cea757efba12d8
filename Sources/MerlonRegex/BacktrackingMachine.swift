/// Runs a program over a text and counts its steps. It stands in for CPython's engine: what takes many steps here takes
/// long there.
struct BacktrackingMachine {
  private let program: BacktrackingProgram
  private let text: [UInt32]
  private var slots: [Int: Int] = [:]
  private var registers: [Int]
  private var stack: [Entry] = []
  /// Where in the stack the looks and atomic groups that are under way began.
  private var barriers: [Int] = []
  private(set) var steps = 0

  private enum Entry {
    case branch(instruction: Int, position: Int)
    case slot(Int, old: Int?)
    case register(Int, old: Int)
    case look(isNegated: Bool, after: Int, position: Int)
    case atomic
  }

  init(_ program: BacktrackingProgram, text: [Unicode.Scalar]) {
    self.program = program
    self.text = text.map(\.value)
    registers = [Int](repeating: -1, count: program.registers)
  }

  /// The steps that matching takes; nil when it has not ended after `limit`.
  static func steps(
    _ program: BacktrackingProgram, text: [Unicode.Scalar], isSearch: Bool, limit: Int
  ) -> Int? {
    var machine = BacktrackingMachine(program, text: text)
    for start in 0...(isSearch ? text.count : 0) {
      guard let isMatch = machine.run(from: start, limit: limit) else { return nil }
      if isMatch { break }
    }
    return machine.steps
  }

  /// Nil when the limit is reached.
  private mutating func run(from start: Int, limit: Int) -> Bool? {
    stack.removeAll(keepingCapacity: true)
    barriers.removeAll(keepingCapacity: true)
    slots.removeAll(keepingCapacity: true)
    var counter = 0
    var position = start
    while true {
      steps += 1
      guard steps <= limit else { return nil }
      var succeeds = true
      switch program.instructions[counter] {
      case .set(let set):
        succeeds = position < text.count && program.sets[set].contains(text[position])
        position += 1
        counter += 1
      case .split(let first, let second):
        stack.append(.branch(instruction: second, position: position))
        counter = first
      case .jump(let goal): counter = goal
      case .save(let slot):
        stack.append(.slot(slot, old: slots[slot]))
        slots[slot] = position
        counter += 1
      case .backreference(let group):
        if let length = matchedLength(group, at: position) { position += length } else { succeeds = false }
        counter += 1
      case .anchor(let anchor):
        succeeds = holds(anchor, at: position)
        counter += 1
      case .beginLook(let isNegated, let width, let after):
        barriers.append(stack.count)
        stack.append(.look(isNegated: isNegated, after: after, position: position))
        position -= width ?? 0
        succeeds = position >= 0
        counter += 1
      case .endLook:
        guard let barrier = barriers.popLast(), case .look(let isNegated, let after, let old) = stack[barrier] else {
          return false
        }
        stack.removeSubrange(barrier...)
        position = old
        counter = after
        succeeds = !isNegated
      case .beginAtomic:
        barriers.append(stack.count)
        stack.append(.atomic)
        counter += 1
      case .endAtomic:
        if let barrier = barriers.popLast() { stack.removeSubrange(barrier...) }
        counter += 1
      case .enterTurn(let register):
        stack.append(.register(register, old: registers[register]))
        registers[register] = position
        counter += 1
      case .leaveIfEmpty(let register, let end):
        counter = registers[register] == position ? end : counter + 1
      case .unlessMatched(let group, let otherwise):
        counter = slots[2 * group + 1] == nil ? otherwise : counter + 1
      case .accept: return true
      }
      if !succeeds, !backtrack(&counter, &position) { return false }
    }
  }

  /// Goes back to the last choice; false when there is none.
  private mutating func backtrack(_ counter: inout Int, _ position: inout Int) -> Bool {
    while let entry = stack.popLast() {
      switch entry {
      case .branch(let instruction, let old):
        counter = instruction
        position = old
        return true
      case .slot(let slot, let old): slots[slot] = old
      case .register(let register, let old): registers[register] = old
      case .atomic: barriers.removeLast()
      case .look(let isNegated, let after, let old):
        barriers.removeLast()
        guard isNegated else { continue }
        counter = after
        position = old
        return true
      }
    }
    return false
  }

  private func matchedLength(_ group: Int, at position: Int) -> Int? {
    guard let start = slots[2 * group], let end = slots[2 * group + 1], start <= end else { return nil }
    guard position + end - start <= text.count else { return nil }
    for offset in 0..<(end - start) where text[start + offset] != text[position + offset] { return nil }
    return end - start
  }

  private static let words = [CharacterRanges.words(isASCII: false), .words(isASCII: true)]

  private func isWord(at position: Int, isASCII: Bool) -> Bool {
    position >= 0 && position < text.count && Self.words[isASCII ? 1 : 0].contains(text[position])
  }

  private func holds(_ anchor: PatternNode.Anchor, at position: Int) -> Bool {
    switch anchor {
    case .textStart: position == 0
    case .lineStart: position == 0 || text[position - 1] == 0x0A
    case .textEnd: position == text.count
    case .lineEnd: position == text.count || text[position] == 0x0A
    case .nearTextEnd: position == text.count || (position == text.count - 1 && text[position] == 0x0A)
    case .wordBoundary(let isASCII):
      isWord(at: position - 1, isASCII: isASCII) != isWord(at: position, isASCII: isASCII)
    case .notWordBoundary(let isASCII):
      isWord(at: position - 1, isASCII: isASCII) == isWord(at: position, isASCII: isASCII)
    }
  }
}
