import MerlonAPI
import MerlonBase
import MerlonFlow
import MerlonProgram
import MerlonPython

/// Reads the traits of one operation.
struct TraitReader {
  let operation: OperationReader
  let response: EffectResponse

  func traits(_ facts: EffectFacts) -> [OperationTrait] {
    []
  }
}
