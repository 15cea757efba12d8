import MerlonFlow
package import MerlonProgram
import MerlonPython

/// What the reading of an API asks of all modules at once (see `Program.recordingLooks`): a module is looked through for
/// these without the model resting on all of it.
package struct APIQuestions {
  static let candidates = "candidate-modules"
  static let callers = "callers"
  static let entities = "entities"
  static let looseHandlers = "loose-handlers"
  static let subclasses = "subclasses"

  private let program: Program
  private let options: APIReaderOptions
  /// Made when something asks for it.
  private var known: CandidateModules?
  private var methods: MethodTable?

  package init(program: Program, options: APIReaderOptions) {
    self.program = program
    self.options = options
  }

  /// The answer in bytes to compare; nil for questions of others.
  package mutating func answer(_ question: Question) -> [UInt8]? {
    let subject = question.subject
    switch question.kind {
    case Self.candidates:
      let candidates = candidateModules()
      return text(candidates.constructors.sorted() + [""] + candidates.modules.map(\.path))
    case Self.callers:
      return text(candidateModules().callers(of: subject).flatMap { [$0.module.path, $0.name] })
    case Self.entities:
      // A class and its columns, to the last field: what is a stored class is decided by bases in many modules.
      return text(EntityTable(program, ownerFields: options.ownerFields).entities.map { "\($0)" })
    case Self.looseHandlers: return text(LooseHandlers.modules(of: program).map(\.path))
    case Self.subclasses: return text(Interpreter.modules(withSubclassesOf: subject, in: program).map(\.path))
    case MethodTable.question:
      let table = methods ?? MethodTable(program)
      methods = table
      return text(table.answer(subject))
    case MethodTable.namedQuestion:
      let table = methods ?? MethodTable(program)
      methods = table
      return text(table.places(subject))
    default: return nil
    }
  }

  private mutating func candidateModules() -> CandidateModules {
    if let known { return known }
    let made = CandidateModules(program: program, roles: options.roles)
    known = made
    return made
  }

  private func text(_ parts: [String]) -> [UInt8] { Array(parts.joined(separator: "\n").utf8) }
}
