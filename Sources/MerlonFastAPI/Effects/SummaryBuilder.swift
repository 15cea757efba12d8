import MerlonAPI
import MerlonBase
import MerlonFlow
import MerlonModels
import MerlonProgram
import MerlonPython

/// Works out summaries, callees before callers.
final class SummaryBuilder {
  let engine: FlowEngine
  let entities: EntityTable
  let models: LibraryModels
  /// Functions whose result is the caller (known from the guards).
  let isPrincipalSource: (Definition) -> Bool
  private var summaries: [Definition: Summary] = [:]

  /// Most of each kind of fact that are kept for one function.
  static let limit = 48
  /// Most conditions that are kept for one access.
  static let selectorLimit = 24
  /// Most tests that are kept for one access.
  static let guardLimit = 12

  init(
    engine: FlowEngine, entities: EntityTable, models: LibraryModels,
    isPrincipalSource: @escaping (Definition) -> Bool
  ) {
    self.engine = engine
    self.entities = entities
    self.models = models
    self.isPrincipalSource = isPrincipalSource
  }

  /// The summary of a function, with everything it reaches.
  func summary(_ definition: Definition) -> Summary {
    if let known = summaries[definition] { return known }
    for group in engine.newComponents(from: definition) {
      // In a cycle the second round sees what the first one found of the others.
      for _ in 0..<(group.count > 1 ? 2 : 1) {
        for member in group {
          guard let flow = engine.flow(member) else { continue }
          var frame = FrameReader(flow: flow, builder: self)
          summaries[member] = frame.read()
        }
      }
    }
    return summaries[definition] ?? Summary()
  }

  /// The summary of a function that has been worked out; nil for members of the cycle that is under way.
  func known(_ definition: Definition) -> Summary? { summaries[definition] }
}
