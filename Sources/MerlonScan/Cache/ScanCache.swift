import MerlonBase
import MerlonProgram
import Synchronization

/// What a former run worked out, as far as it still holds, and what this run adds to it.
///
/// A unit of work is kept with the modules that it looked at and the answers that it rested on (`Looks`). It holds where
/// those modules are the same, byte for byte, and asking again gives the same answers.
final class ScanCache: Sendable {
  private let program: Program
  private let file: CacheFile
  private let former: StoredScan
  /// Which modules differ from what they were in the former run.
  private let isChanged: [Bool]
  /// Whether all modules are what they were.
  private let isUnchanged: Bool
  private let state: Mutex<State>

  private struct State: Sendable {
    var next: StoredScan
    var positions: [Question: Int] = [:]
    /// Whether an answer of the former run still holds, as far as it was asked again.
    var holds: [Int: Bool] = [:]
    var digests: [Question: [UInt8]] = [:]
    var hasNews: Bool
    /// Units of this run whose looks are told by questions, until the answers are known.
    var made: [Made] = []
  }

  private struct Made: Sendable {
    var target: Target
    var input: [UInt8]
    var looks: Looks
    var content: [UInt8]
  }

  private enum Target: Sendable {
    case module(Int)
    case model
  }

  /// - Parameters:
  ///   - digests: of the files, by path.
  ///   - key: what no unit may outlive, beside paths and names of modules.
  init(program: Program, digests: [String: [UInt8]], key: [UInt8], file: CacheFile) {
    self.program = program
    self.file = file
    let key = SHA256.digest(key + SHA256.digest(program.layout()))
    let now = program.modules.map { digests[$0.path] ?? [] }
    var former = StoredScan(key: key, digests: now)
    var hasNews = true
    if let stored = file.read(), stored.key == key, stored.digests.count == now.count {
      former = stored
      hasNews = stored.digests != now
    }
    self.former = former
    // A file without a digest was not read from disk in the usual way: nothing is known of it.
    let isChanged = zip(former.digests, now).map { $0 != $1 || $1.isEmpty }
    self.isChanged = isChanged
    isUnchanged = !isChanged.contains(true)
    state = Mutex(State(next: StoredScan(key: key, digests: now), hasNews: hasNews))
  }

  // MARK: Units

  /// What is known of a module, where nothing that it rests on has changed.
  func module(_ module: Module) -> CachedModule? {
    let position = Int(module.id.index)
    guard let unit = former.modules[position], holds(unit, input: [], answer: program.answer) else { return nil }
    guard let value: CachedModule = Self.decoded(unit) else { return nil }
    keep(unit) { $0.modules[position] = $1 }
    return value
  }

  func store(_ value: CachedModule, of module: Module, looks: Looks) {
    store(value, Made(target: .module(Int(module.id.index)), input: [], looks: looks, content: []))
  }

  /// - Parameter digest: of the file's content.
  func file(_ path: String, digest: [UInt8]) -> FindingsAndLimits? {
    guard let unit = former.files[path], unit.input == digest, let value: FindingsAndLimits = Self.decoded(unit) else {
      return nil
    }
    keep(unit) { $0.files[path] = $1 }
    return value
  }

  func store(_ value: FindingsAndLimits, ofFile path: String, digest: [UInt8]) {
    var writer = CacheWriter()
    writer.write(value)
    let unit = StoredScan.Unit(input: digest, modules: [], answers: [], content: writer.bytes)
    state.withLock { state in
      state.next.files[path] = unit
      state.hasNews = true
    }
  }

  /// - Parameters:
  ///   - input: digest of what else the rules over the model see.
  ///   - answer: answers the questions that are not the program's own.
  func model(input: [UInt8], answer: (Question) -> [UInt8]?) -> FindingsAndLimits? {
    guard let unit = former.model, holds(unit, input: input, answer: answer),
      let value: FindingsAndLimits = Self.decoded(unit)
    else { return nil }
    keep(unit) { $0.model = $1 }
    return value
  }

  func store(_ value: FindingsAndLimits, ofModel input: [UInt8], looks: Looks) {
    store(value, Made(target: .model, input: input, looks: looks, content: []))
  }

  private func store(_ value: some CacheCodable, _ made: Made) {
    var writer = CacheWriter()
    writer.write(value)
    var made = made
    made.content = writer.bytes
    state.withLock { state in
      state.made.append(made)
      state.hasNews = true
    }
  }

  private func keep(_ unit: StoredScan.Unit, _ put: (inout StoredScan, StoredScan.Unit) -> Void) {
    state.withLock { state in
      var unit = unit
      unit.answers = unit.answers.map { old in
        let answer = former.answers[old]
        return Self.position(of: answer.question, digest: answer.digest, in: &state)
      }.sorted()
      put(&state.next, unit)
    }
  }

  private static func position(of question: Question, digest: [UInt8], in state: inout State) -> Int {
    if let known = state.positions[question] { return known }
    let position = state.next.answers.count
    state.next.answers.append(StoredScan.Answer(question: question, digest: digest))
    state.positions[question] = position
    return position
  }

  private static func decoded<Value: CacheCodable>(_ unit: StoredScan.Unit) -> Value? {
    var reader = CacheReader(unit.content)
    guard let value = try? reader.read(Value.self), reader.isAtEnd else { return nil }
    return value
  }

  // MARK: What still holds

  private func holds(_ unit: StoredScan.Unit, input: [UInt8], answer: (Question) -> [UInt8]?) -> Bool {
    unit.input == input && !unit.modules.contains { isChanged[$0] }
      && unit.answers.allSatisfy { isAnswered($0, answer) }
  }

  private func isAnswered(_ position: Int, _ answer: (Question) -> [UInt8]?) -> Bool {
    if let known = state.withLock({ $0.holds[position] }) { return known }
    let stored = former.answers[position]
    if isUnchanged, !stored.question.asksForFiles { return true }
    // Several threads may ask the same at once; they get the same answer.
    let digest = program.withoutLooks { answer(stored.question).map { SHA256.digest($0) } }
    let holds = digest == stored.digest
    state.withLock { state in
      state.holds[position] = holds
      if let digest { state.digests[stored.question] = digest }
    }
    return holds
  }

  // MARK: End of the run

  /// Writes what the next run can use. A unit that asked something nobody answers is left out.
  func finish(answer: (Question) -> [UInt8]?) {
    let (made, hasNews) = state.withLock { ($0.made, $0.hasNews) }
    guard hasNews else { return file.touch() }
    for unit in made {
      var answers: [(Question, [UInt8])] = []
      for question in unit.looks.questions {
        guard let digest = digest(of: question, answer) else { break }
        answers.append((question, digest))
      }
      guard answers.count == unit.looks.questions.count else { continue }
      state.withLock { state in
        let positions = answers.map { Self.position(of: $0, digest: $1, in: &state) }.sorted()
        let stored = StoredScan.Unit(
          input: unit.input, modules: unit.looks.modules, answers: positions, content: unit.content)
        switch unit.target {
        case .module(let position): state.next.modules[position] = stored
        case .model: state.next.model = stored
        }
      }
    }
    file.write(state.withLock { $0.next })
  }

  private func digest(of question: Question, _ answer: (Question) -> [UInt8]?) -> [UInt8]? {
    if let known = state.withLock({ $0.digests[question] }) { return known }
    guard let found = program.withoutLooks({ answer(question) }) else { return nil }
    let digest = SHA256.digest(found)
    state.withLock { $0.digests[question] = digest }
    return digest
  }
}
