import MerlonAPI
import MerlonBase
import MerlonFlow
import MerlonModels
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
          let isKnown = result.contains {
            $0.sink == flow.sink && $0.location == flow.location && $0.origin == flow.origin
          }
          if !isKnown { result.append(flow) }
        }
      }
    }
    return result
  }

  private func flows(_ reach: Reach, _ frame: OperationReader.Frame) -> [TaintFlow] {
    var result: [TaintFlow] = []
    for value in reach.values {
      if case .label(let label) = value.root, let kind = builder.sources.kind(label) {
        if let flow = outside(kind, reach, value) { result.append(flow) }
        continue
      }
      guard mayHarm(value, reach.sink) else { continue }
      let given = builder.engine.substitute(
        value, frame.bound, callee: frame.callable.definition, in: frame.flow)
      for source in given.flatMap(operation.behindState) where !builder.isHarmless(source, in: reach) {
        if case .label(let label) = source.root, let kind = builder.sources.kind(label) {
          if let flow = outside(kind, reach, source) { result.append(flow) }
          continue
        }
        guard case .client(let place, let name)? = operation.meaning(source),
          Self.canCome(place, name, source, to: reach.sink)
        else { continue }
        result.append(
          TaintFlow(
            sink: reach.sink, callee: reach.callee, place: place, source: name, location: reach.location,
            steps: steps(reach), flaw: reach.flaw, template: reach.template, isCertain: reach.isCertain))
      }
    }
    return result
  }

  private func steps(_ reach: Reach) -> [FlowStep] {
    reach.steps + [FlowStep(location: reach.location, message: "`\(TypeName.last(reach.callee))` gets it")]
      + (reach.template.map { [$0] } ?? [])
  }

  /// What does not come in with the request. Names of an archive's members do harm as names of files that are written.
  private func outside(_ kind: String, _ reach: Reach, _ value: FlowValue) -> TaintFlow? {
    guard !builder.isHarmless(value, in: reach) else { return nil }
    let source: String
    switch kind {
    case FlowWords.languageModel:
      guard [.code, .command, .sql, .template, .deserialize, .fileWrite].contains(reach.sink) else { return nil }
      source = "the model's answer"
    case FlowWords.archive:
      guard reach.sink == .fileWrite else { return nil }
      source = "the name of a member"
    default: source = kind
    }
    return TaintFlow(
      sink: reach.sink, callee: reach.callee, place: nil, source: source, origin: kind, location: reach.location,
      steps: steps(reach), flaw: reach.flaw)
  }

  /// Whether a value of this place of a request is of use to an attacker there.
  private static func canCome(_ place: Parameter.Place, _ name: String, _ source: FlowValue, to sink: SinkKind) -> Bool
  {
    switch place {
    case .header, .cookie:
      // All headers together say nothing of one of them, and the text of one has no parts.
      if name == place.rawValue || name.contains(".") { return false }
      // Nobody can make a victim's browser send a header, and there is no line break in one.
      return ![.redirect, .html, .header, .log, .nosql].contains(sink)
    case .file:
      if source.path.texts.contains("filename") { return true }
      // The content of an upload is no name of a file; what the client calls it is.
      return source.isDerived
        && [.deserialize, .decompress, .code, .command, .sql, .template, .requestURL].contains(sink)
    case .query, .path, .form: return sink != .nosql && sink != .decompress
    case .body: return true
    }
  }

  /// Whether the type of a field leaves room for what does harm at a place.
  private func mayHarm(_ value: FlowValue, _ sink: SinkKind) -> Bool {
    switch sink {
    case .amount: return !isBounded(value)
    case .nosql: return canHoldObject(value)
    case .header, .log: return canHoldText(value, closed: Self.lines)
    default: return canHoldText(value)
    }
  }

  /// `n: int = Query(le=100)`, `n: conint(le=100)`.
  private func isBounded(_ value: FlowValue) -> Bool {
    guard case .parameter(let place) = value.root, let module = builder.engine.program.module(place.module) else {
      return false
    }
    var node = place.node
    var home = module
    if !value.path.isEmpty {
      let program = builder.engine.program
      guard module.tree.kind(node) == .arg, let name = value.path.head?.text,
        let owner = program.semantics(of: module).annotationTypes(module.tree.arg(node).annotation).compactMap(
          \.definition
        ).first, let field = program.declaredFields(of: owner).first(where: { $0.name == name }),
        let other = program.module(field.module)
      else { return false }
      home = other
      node = field.annotation
    }
    let statement = home.enclosingStatement(of: node)
    let isField = [.annAssign, .assign].contains(home.tree.kind(statement))
    let text = home.tree.text(isField ? statement : home.parent(of: node))
    return ["le=", "lt=", "le =", "lt ="].contains { text.contains($0) }
  }

  /// False for fields of models whose type is a number, a date, a UUID or an enumeration.
  ///
  /// - Parameter closed: further types whose values do no harm at the place.
  private func canHoldText(_ value: FlowValue, closed: Set<String> = []) -> Bool {
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
        return !isClosed(types, program, closed)
      }
      types = program.semantics(of: home).annotationTypes(field.annotation)
    }
    return !isClosed(types, program, closed)
  }

  /// True where the type that is declared for a value, or for the field that it comes from, leaves room for a mapping.
  private func canHoldObject(_ value: FlowValue) -> Bool {
    guard case .parameter(let place) = value.root, let module = builder.engine.program.module(place.module),
      module.tree.kind(place.node) == .arg
    else { return true }
    let program = builder.engine.program
    var home = module
    var annotation = module.tree.arg(place.node).annotation
    for step in value.path.texts {
      guard !annotation.isNone,
        let owner = program.semantics(of: home).annotationTypes(annotation).compactMap(\.definition).first,
        let field = program.declaredFields(of: owner).first(where: { $0.name == step }),
        let other = program.module(field.module)
      else { break }
      home = other
      annotation = field.annotation
    }
    if annotation.isNone { return true }
    let spelled = home.tree.text(annotation).lowercased()
    return ["dict", "any", "object", "mapping", "json"].contains { spelled.contains($0) }
  }

  /// Texts without line breaks.
  private static let lines: Set<String> = [
    "pydantic.EmailStr", "pydantic.networks.EmailStr", "pydantic.HttpUrl", "pydantic.AnyHttpUrl", "pydantic.AnyUrl",
  ]

  private func isClosed(_ types: [TypeReference], _ program: Program, _ closed: Set<String>) -> Bool {
    let plain: Set<String> = [
      "builtins.int", "builtins.float", "builtins.bool", "uuid.UUID", "datetime.datetime", "datetime.date",
      "decimal.Decimal", "typing.Literal",
    ]
    return !types.isEmpty
      && types.allSatisfy { type in
        plain.contains(type.qualifiedName) || closed.contains(type.qualifiedName)
          || type.qualifiedName == "builtins.None"
          || program.isSubclass(type, of: "enum.Enum")
      }
  }
}
