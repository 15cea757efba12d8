package import MerlonBase
import MerlonProgram
import MerlonPython

extension LocatedCall {
  /// Where the call stands.
  package var place: SourceLocation { context.module.location(call.node) }
}
