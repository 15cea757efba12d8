import MerlonAPI
import MerlonBase
import MerlonFlow
import MerlonProgram
import MerlonPython

/// Tells which values of a request reach places where they can do harm.
struct FlowReader {
  let operation: OperationReader
  let builder: TaintBuilder

  /// Most flows that are told of one operation.
  private static let limit = 64

  func flows() -> [TaintFlow] {
    var result: [TaintFlow] = []
    for frame in operation.frames {
      for reach in builder.summary(frame.callable.definition).reaches {
        for flow in flows(reach, frame) where result.count < Self.limit {
          let isKnown = result.contains { $0.sink == flow.sink && $0.location == flow.location }
          if !isKnown { result.append(flow) }
        }
      }
    }
    return result
  }

  private func flows(_ reach: Reach, _ frame: OperationReader.Frame) -> [TaintFlow] {
    var result: [TaintFlow] = []
    for value in reach.values {
      let given = builder.engine.substitute(
        value, frame.bound, callee: frame.callable.definition, in: frame.flow)
      for source in given where !Harm.isHarmless(source, at: reach.sink) {
        guard case .client(let place, let name)? = operation.meaning(source) else { continue }
        // The content of an upload is no name of a file; what the client calls it is.
        if place == .file, !source.path.texts.contains("filename") { continue }
        var steps = reach.steps
        steps.append(FlowStep(location: reach.location, message: "`\(TypeName.last(reach.callee))` gets it"))
        result.append(
          TaintFlow(
            sink: reach.sink, callee: reach.callee, place: place, source: name, location: reach.location,
            steps: steps, flaw: reach.flaw))
      }
    }
    return result
  }
}
