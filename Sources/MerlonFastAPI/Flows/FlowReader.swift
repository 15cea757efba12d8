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
    for value in reach.values where canHoldText(value, frame) {
      let given = builder.engine.substitute(
        value, frame.bound, callee: frame.callable.definition, in: frame.flow)
      for source in given where !reach.isHarmless(source) {
        guard case .client(let place, let name)? = operation.meaning(source) else { continue }
        // All headers together say nothing of one of them, and the text of one has no parts.
        if [.header, .cookie].contains(place), name == place.rawValue || name.contains(".") { continue }
        // Nobody can make a victim's browser send a header.
        if [.redirect, .html].contains(reach.sink), place == .header || place == .cookie { continue }
        // The content of an upload is no name of a file; what the client calls it is.
        if place == .file, !source.path.texts.contains("filename") { continue }
        var steps = reach.steps
        steps.append(FlowStep(location: reach.location, message: "`\(TypeName.last(reach.callee))` gets it"))
        if let template = reach.template { steps.append(template) }
        result.append(
          TaintFlow(
            sink: reach.sink, callee: reach.callee, place: place, source: name, location: reach.location,
            steps: steps, flaw: reach.flaw, template: reach.template, isCertain: reach.isCertain))
      }
    }
    return result
  }

  /// False for fields of models whose type is a number, a date, a UUID or an enumeration.
  private func canHoldText(_ value: FlowValue, _ frame: OperationReader.Frame) -> Bool {
    guard case .parameter(let place) = value.root, !value.path.isEmpty,
      let module = builder.engine.program.module(place.module), module.tree.kind(place.node) == .arg
    else { return true }
    let program = builder.engine.program
    let annotation = module.tree.arg(place.node).annotation
    var types = annotation.isNone ? [] : program.semantics(of: module).annotationTypes(annotation)
    for step in value.path.texts {
      guard let owner = types.compactMap(\.definition).first else { return true }
      guard let field = program.declaredFields(of: owner).first(where: { $0.name == step }),
        let home = program.module(field.module), !field.annotation.isNone
      else {
        // `.value` of an enumeration is one of its own.
        return !isClosed(types, program)
      }
      types = program.semantics(of: home).annotationTypes(field.annotation)
    }
    return !isClosed(types, program)
  }

  private func isClosed(_ types: [TypeReference], _ program: Program) -> Bool {
    let plain: Set<String> = [
      "builtins.int", "builtins.float", "builtins.bool", "uuid.UUID", "datetime.datetime", "datetime.date",
      "decimal.Decimal", "typing.Literal",
    ]
    return !types.isEmpty
      && types.allSatisfy { type in
        plain.contains(type.qualifiedName) || type.qualifiedName == "builtins.None"
          || program.isSubclass(type, of: "enum.Enum")
      }
  }
}
