import Glibc
import MerlonPython
import Synchronization

/// Something that was asked of the project as a whole, whose answer a result may rest on.
///
/// The answer of one kind of question and one subject depends on nothing but the program, so it can be asked again of
/// another state of it.
public struct Question: Sendable, Hashable {
  /// What is asked; the target that asks it knows the words.
  public var kind: String
  public var subject: String

  public init(_ kind: String, _ subject: String = "") {
    self.kind = kind
    self.subject = subject
  }

  /// Whether the answer can differ though all modules of the project are the same.
  package var asksForFiles: Bool { kind == Self.installedModule || kind == Self.file }

  /// Whether an attribute of this name is assigned to from outside of its class.
  static let assignedFromOutside = "assigned-from-outside"
  /// The source of an installed module.
  static let installedModule = "installed-module"
  /// The content of a file that is no code.
  static let file = "file"
}

/// What a piece of work rested on, beside what all work rests on (paths, names of modules, options).
public struct Looks: Sendable {
  /// Positions in `Program.modules`, in order.
  public var modules: [Int] = []
  public var questions: Set<Question> = []
}

/// Collects what the work of one thread looks at, in frames: a result that is kept keeps what it rested on, and gives it
/// to whoever uses it later.
///
/// Belongs to one thread.
final class LookRecorder {
  /// One bit a module of the project.
  private var modules: [UInt64] = []
  private var others: Set<UInt32> = []
  /// What the open frames have seen; empty when none is open.
  private var log: [UInt32] = []
  private var start = 0
  private var frames = 0

  struct Frame {
    fileprivate let outerStart: Int
  }

  func note(_ item: UInt32) {
    guard frames > 0 else { return insert(item) }
    if log.count > start, log[log.count - 1] == item { return }
    log.append(item)
  }

  func note(_ items: [UInt32]) {
    for item in items { note(item) }
  }

  func begin() -> Frame {
    let frame = Frame(outerStart: start)
    start = log.count
    frames += 1
    return frame
  }

  /// What was noted since the frame began, each once.
  func end(_ frame: Frame) -> [UInt32] {
    var items = Array(log[start...])
    if items.count > 1 {
      items.sort()
      var count = 1
      for item in items.dropFirst() where item != items[count - 1] {
        items[count] = item
        count += 1
      }
      items.removeSubrange(count...)
    }
    log.removeSubrange(start...)
    start = frame.outerStart
    frames -= 1
    if frames == 0 { items.forEach(insert) } else { log += items }
    return items
  }

  private func insert(_ item: UInt32) {
    guard item < InstalledPackages.firstID else {
      others.insert(item)
      return
    }
    let word = Int(item / 64)
    while modules.count <= word { modules.append(0) }
    modules[word] |= 1 << UInt64(item % 64)
  }

  fileprivate var seenModules: [Int] {
    var result: [Int] = []
    for (word, bits) in modules.enumerated() where bits != 0 {
      for bit in 0..<64 where bits & (1 << UInt64(bit)) != 0 { result.append(word * 64 + bit) }
    }
    return result
  }

  fileprivate var seenQuestions: Set<UInt32> { others }

  // MARK: Threads

  /// Releases what a thread holds when the thread ends.
  private static let key: pthread_key_t = {
    var key = pthread_key_t()
    pthread_key_create(&key) { pointer in
      if let pointer { Unmanaged<LookRecorder>.fromOpaque(pointer).release() }
    }
    return key
  }()

  /// The recorder of this thread, which throws away what it records unless `Program.recordingLooks` made it.
  static var current: LookRecorder {
    if let pointer = pthread_getspecific(key) { return Unmanaged.fromOpaque(pointer).takeUnretainedValue() }
    let made = LookRecorder()
    pthread_setspecific(key, Unmanaged.passRetained(made).toOpaque())
    return made
  }

  /// Makes this the recorder of the thread; answers with the former one, to be put back.
  static func exchange(_ recorder: LookRecorder) -> LookRecorder {
    let former = current
    Unmanaged.passUnretained(former).release()
    pthread_setspecific(key, Unmanaged.passRetained(recorder).toOpaque())
    return former
  }
}

/// Questions by the numbers under which looks hold them.
struct QuestionTable: Sendable {
  private(set) var questions: [Question] = []
  private var numbers: [Question: UInt32] = [:]

  /// Numbers of questions begin here, behind all ids of modules.
  private static let first: UInt32 = 1 << 30

  mutating func number(of question: Question) -> UInt32 {
    if let known = numbers[question] { return known }
    let number = Self.first + UInt32(questions.count)
    numbers[question] = number
    questions.append(question)
    return number
  }

  func question(_ number: UInt32) -> Question? {
    guard number >= Self.first else { return nil }
    let index = Int(number - Self.first)
    return index < questions.count ? questions[index] : nil
  }
}

extension Program {
  /// The recorder that reads of the program are noted in; nil where nobody wants to know.
  var recorder: LookRecorder? { options.tracksLooks ? LookRecorder.current : nil }

  /// Runs `body` on this thread and tells what it looked at; all of it is nothing unless the program tracks looks.
  public func recordingLooks<Result>(_ body: () -> Result) -> (result: Result, looks: Looks) {
    guard options.tracksLooks else { return (body(), Looks()) }
    let own = LookRecorder()
    let former = LookRecorder.exchange(own)
    let result = body()
    _ = LookRecorder.exchange(former)
    let questions = asked.withLock { table in Set(own.seenQuestions.compactMap { table.question($0) }) }
    return (result, Looks(modules: own.seenModules, questions: questions))
  }

  /// For work that goes on on another thread while this one waits: what `body` looks at there is noted as if it were here.
  public func carryingLooks<Result>(_ body: @escaping () -> Result) -> () -> Result {
    guard let recorder else { return body }
    return {
      let former = LookRecorder.exchange(recorder)
      defer { _ = LookRecorder.exchange(former) }
      return body()
    }
  }

  /// Runs `body` without noting what it looks at: for answers to questions, which are noted as such.
  public func withoutLooks<Result>(_ body: () -> Result) -> Result { recordingLooks(body).result }

  /// Notes that what is being worked out rests on a module.
  public func noteLook(at module: Module) {
    guard let recorder else { return }
    noteLook(at: module, in: recorder)
  }

  /// Notes that what is being worked out rests on the answer to a question.
  public func noteQuestion(_ kind: String, _ subject: String = "") {
    guard let recorder else { return }
    recorder.note(asked.withLock { $0.number(of: Question(kind, subject)) })
  }

  @discardableResult
  func noted(_ module: Module?) -> Module? {
    if let module, let recorder { noteLook(at: module, in: recorder) }
    return module
  }

  func noteLook(at module: Module, in recorder: LookRecorder) {
    if module.isInstalled {
      noteQuestion(Question.installedModule, module.name)
    } else {
      recorder.note(module.id.index)
    }
  }

  /// The module of an interpreter's packages with a dotted name.
  public func installedModule(named name: String) -> Module? {
    guard let installed = options.installed else { return nil }
    noteQuestion(Question.installedModule, name)
    return installed.module(named: name)
  }

  /// The content of a file of the project that is no code.
  public func readFile(_ path: String, limit: Int) -> [UInt8]? {
    guard let read = options.readFile else { return nil }
    noteQuestion(Question.file, "\(limit) \(path)")
    return read(path, limit)
  }

  /// The answer to one of the questions that this target asks, in bytes to compare; nil for those of others.
  package func answer(_ question: Question) -> [UInt8]? {
    switch question.kind {
    case Question.assignedFromOutside: return [outsideAssignments().contains(question.subject) ? 1 : 0]
    case Question.installedModule:
      guard let module = options.installed?.module(named: question.subject) else { return [] }
      return Array(module.path.utf8) + [0] + module.tree.source
    case Question.file:
      let parts = question.subject.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, let limit = Int(parts[0]), let bytes = options.readFile?(String(parts[1]), limit) else {
        return []
      }
      return [1] + bytes
    default: return nil
    }
  }

  /// Everything about paths, roles and names of modules that answers can rest on without looking at a module, so that
  /// a result holds for another state of the project only where this is the same.
  package func layout() -> [UInt8] {
    var bytes: [UInt8] = []
    func add(_ text: String) {
      bytes += text.utf8
      bytes.append(0)
    }
    for module in modules {
      add(module.path)
      add(module.role.rawValue)
      add(module.name)
    }
    add(pathAbove)
    for (name, places) in naming.index.sorted(by: { $0.key < $1.key }) {
      add(name)
      for place in places { add("\(place.file) \(place.root)") }
    }
    for name in naming.namespaces.sorted() { add(name) }
    return bytes
  }
}
