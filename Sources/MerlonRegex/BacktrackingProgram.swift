/// A pattern as instructions of a machine that tries ways one after the other, in CPython's order (`Modules/_sre`).
struct BacktrackingProgram {
  enum Instruction {
    case set(Int)
    /// Goes on at `first`, and at `second` when that fails.
    case split(first: Int, second: Int)
    case jump(Int)
    case save(Int)
    case backreference(Int)
    case anchor(PatternNode.Anchor)
    /// Runs the body that follows, up to its `endLook`, as a match of its own.
    case beginLook(isNegated: Bool, width: Int?, after: Int)
    case endLook
    case beginAtomic
    case endAtomic
    /// Notes where a turn of a loop begins whose body can be empty.
    case enterTurn(Int)
    /// Leaves the loop when the turn took nothing, as CPython does.
    case leaveIfEmpty(register: Int, end: Int)
    case unlessMatched(group: Int, otherwise: Int)
    case accept
  }

  /// Longest program; counts are written out.
  static let maximumLength = 20_000

  private(set) var instructions: [Instruction] = []
  private(set) var sets: [CharacterRanges] = []
  private(set) var registers = 0
  private var setNumbers: [CharacterRanges: Int] = [:]
  private var work = 0

  /// Nil when it would be too long.
  init?(_ node: PatternNode, isFullMatch: Bool) {
    emit(node)
    if isFullMatch { add(.anchor(.textEnd)) }
    add(.accept)
    guard !isTooLong else { return nil }
  }

  private var isTooLong: Bool { instructions.count > Self.maximumLength || work > 10 * Self.maximumLength }

  private mutating func add(_ instruction: Instruction) { instructions.append(instruction) }

  /// Leaves room for an instruction whose goal is not known yet.
  private mutating func reserve() -> Int {
    add(.accept)
    return instructions.count - 1
  }

  private mutating func emit(_ node: PatternNode) {
    work += 1
    guard !isTooLong else { return }
    switch node {
    case .set(let set, _):
      let number = setNumbers[set] ?? sets.count
      if number == sets.count {
        sets.append(set)
        setNumbers[set] = number
      }
      add(.set(number))
    case .sequence(let parts): for part in parts { emit(part) }
    case .alternatives(let parts):
      var exits: [Int] = []
      for (index, part) in parts.enumerated() {
        guard index + 1 < parts.count else {
          emit(part)
          break
        }
        let split = reserve()
        emit(part)
        exits.append(reserve())
        instructions[split] = .split(first: split + 1, second: instructions.count)
      }
      for exit in exits { instructions[exit] = .jump(instructions.count) }
    case .repeated(let loop): emit(loop)
    case .group(let number, let body):
      add(.save(2 * number))
      emit(body)
      add(.save(2 * number + 1))
    case .atomic(let body):
      add(.beginAtomic)
      emit(body)
      add(.endAtomic)
    case .look(let body, let isBehind, let isNegated):
      let start = reserve()
      emit(body)
      add(.endLook)
      instructions[start] = .beginLook(
        isNegated: isNegated, width: isBehind ? body.fixedWidth ?? 0 : nil, after: instructions.count)
    case .backreference(let group): add(.backreference(group))
    case .anchor(let anchor): add(.anchor(anchor))
    case .conditional(let group, let yes, let no):
      let start = reserve()
      emit(yes)
      let exit = reserve()
      instructions[start] = .unlessMatched(group: group, otherwise: instructions.count)
      emit(no)
      instructions[exit] = .jump(instructions.count)
    }
  }

  private mutating func emit(_ loop: PatternNode.Repeat) {
    for _ in 0..<loop.minimum {
      guard !isTooLong else { return }
      emit(loop.body)
    }
    guard let maximum = loop.maximum else { return emitEndless(loop) }
    var splits: [Int] = []
    for _ in loop.minimum..<max(loop.minimum, maximum) {
      guard !isTooLong else { return }
      splits.append(reserve())
      emit(loop.body)
    }
    for split in splits { instructions[split] = choice(split + 1, instructions.count, loop) }
  }

  private mutating func emitEndless(_ loop: PatternNode.Repeat) {
    let start = reserve()
    let canBeEmpty = loop.body.canBeEmpty
    let register = registers
    if canBeEmpty {
      registers += 1
      add(.enterTurn(register))
    }
    emit(loop.body)
    let check = canBeEmpty ? reserve() : nil
    add(.jump(start))
    instructions[start] = choice(start + 1, instructions.count, loop)
    if let check { instructions[check] = .leaveIfEmpty(register: register, end: instructions.count) }
  }

  private func choice(_ body: Int, _ end: Int, _ loop: PatternNode.Repeat) -> Instruction {
    loop.isLazy ? .split(first: end, second: body) : .split(first: body, second: end)
  }
}
