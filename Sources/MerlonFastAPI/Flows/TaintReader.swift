import MerlonAPI
import MerlonBase
import MerlonFlow
import MerlonProgram
import MerlonPython
import MerlonTemplates

/// Reads where the values of one function go.
struct TaintReader {
  let flow: FunctionFlow
  let builder: TaintBuilder
  private let checks: CheckReader
  private let texts: TextOrigins
  private var summary = TaintSummary()

  private var engine: FlowEngine { builder.engine }

  init(flow: FunctionFlow, builder: TaintBuilder) {
    self.flow = flow
    self.builder = builder
    texts = TextOrigins(flow: flow, builder: builder)
    checks = CheckReader(flow: flow, builder: builder, texts: texts)
  }

  mutating func read() -> TaintSummary {
    for call in flow.calls { read(call) }
    for write in flow.writes { read(write) }
    for node in flow.nested { read(nested: node) }
    readResult()
    let after = checks.atEnd()
    summary.validations = after.compactMap(outside)
    summary.answers = checks.answers().compactMap(outside)
    return summary
  }

  // MARK: Places

  private mutating func read(_ call: FlowCall) {
    for use in builder.sinks.uses(of: call, in: flow) {
      add(use, at: call.node)
    }
    for use in builder.templates.uses(of: call, in: flow) {
      add(
        Reach(
          sink: .html, callee: use.callee, values: texts.origins(use.values), location: use.location, steps: [],
          flaw: nil, template: use.step, isCertain: use.harm.isCertain, kind: use.harm.kind), before: call.node)
    }
    guard let function = call.function else { return }
    for implementation in engine.implementations(of: function) { read(call, running: implementation) }
  }

  private mutating func read(_ call: FlowCall, running function: Definition) {
    guard let callee = builder.known(function), !callee.reaches.isEmpty else { return }
    let lifter = Lifter(engine: engine, flow: flow, bound: engine.bind(call, to: function, in: flow), callee: function)
    let step = FlowStep(location: flow.module.location(call.node), message: "`\(call.name)` is called")
    for inner in callee.reaches {
      var reach = inner
      reach.values = texts.origins(lifter.lift(inner.values), of: inner.sink)
      reach.steps = Array(([step] + inner.steps).prefix(8))
      add(reach, before: call.node)
    }
  }

  private mutating func read(_ write: FlowWrite) {
    if let use = builder.sinks.use(of: write, in: flow) { add(use, at: write.node) }
  }

  private mutating func add(_ use: SinkTable.Use, at node: NodeID) {
    add(
      Reach(
        sink: use.sink, callee: use.callee, values: texts.origins(flow.values(of: use.node), of: use.sink),
        location: flow.module.location(node), steps: [], flaw: nil), before: node)
  }

  /// What a function inside does with values of this one that it captures.
  private mutating func read(nested node: NodeID) {
    let definition = Definition(module: flow.module.id, node: node)
    guard let inner = builder.known(definition), !inner.reaches.isEmpty else { return }
    let own = Set(engine.flow(definition)?.parameters ?? [])
    for reach in inner.reaches {
      var reach = reach
      reach.values = texts.origins(
        reach.values.filter { value in
          if case .parameter(let place) = value.root { !own.contains(place.node) } else { true }
        }, of: reach.sink)
      add(reach, before: node)
    }
  }

  /// Notes a place, for the values that no check in front of it has made harmless.
  private mutating func add(_ reach: Reach, before node: NodeID) {
    guard !reach.values.isEmpty else { return }
    // Lines of logs are many, and a few of them say enough.
    let logs = summary.reaches.count { $0.sink == .log }
    if reach.sink == .log, logs >= 8 { return }
    guard summary.reaches.count - logs < TaintSummary.limit else { return builder.noteBudget(of: flow.definition) }
    var reach = reach
    reach.values = reach.values.filter { !builder.isHarmless($0, in: reach) }
    guard !reach.values.isEmpty else { return }
    for validation in checks.before(node) {
      for index in reach.values.indices where validation.concerns(reach.values[index]) {
        reach.values[index] = reach.values[index].passing(validation.holds)
        if let flaw = validation.flaw, Harm.isAboutFiles(reach.sink) { reach.flaw = flaw }
      }
    }
    reach.values = reach.values.filter { !builder.isHarmless($0, in: reach) }
    guard !reach.values.isEmpty else { return }
    if let known = summary.reaches.firstIndex(where: {
      $0.sink == reach.sink && $0.location == reach.location && $0.template == reach.template
    }) {
      summary.reaches[known].values.merge(reach.values)
      if reach.steps.count < summary.reaches[known].steps.count { summary.reaches[known].steps = reach.steps }
    } else {
      summary.reaches.append(reach)
    }
  }

  private mutating func readResult() {
    for node in flow.returns + flow.yields {
      let validations = checks.before(node).filter { $0.flaw == nil }
      let values = flow.values(of: node)
      summary.result.merge(checked(values, validations))
      let entries = entries(of: node)
      for (key, element) in entries {
        summary.elements[key, default: []].merge(checked(flow.values(of: element), validations))
      }
      guard entries.isEmpty || flow.tree.text(node).contains("*") else { continue }
      summary.others.merge(checked(values.filter { !readFields(of: $0, validations) }, validations))
    }
  }

  /// Notes the fields of an object that is made here and returned; false for other values.
  private mutating func readFields(of object: FlowValue, _ validations: [Validation]) -> Bool {
    guard object.path.isEmpty, case .call(let place) = object.root, place.module == flow.module.id,
      let call = flow.call(at: place.node),
      let definition = call.constructedClass
    else { return false }
    for field in engine.program.declaredFields(of: definition).prefix(32) {
      guard let values = engine.field(field.name, of: call, in: flow) else { continue }
      summary.elements[FlowName(field.name), default: []].merge(checked(values, validations))
    }
    return true
  }

  private func checked(_ values: [FlowValue], _ validations: [Validation]) -> [FlowValue] {
    texts.origins(values).map { value in
      validations.reduce(value) { $1.concerns(value) ? $0.passing($1.holds) : $0 }
    }
  }

  /// The parts of a returned tuple or dictionary display.
  private func entries(of node: NodeID) -> [(FlowName, NodeID)] {
    let tree = flow.tree
    switch tree.kind(node) {
    case .tuple: return tree.elements(node).enumerated().map { (FlowName(String($0.offset)), $0.element) }
    case .dict:
      let parts = tree.dict(node)
      return zip(tree[parts.keys], tree[parts.values]).compactMap { key, value in
        key.isNone ? nil : tree.stringValue(key).map { (FlowName($0), value) }
      }
    default: return []
    }
  }

  private func outside(_ validation: Validation) -> Validation? {
    var result = validation
    result.values = texts.origins(validation.values).filter { if case .parameter = $0.root { true } else { false } }
    return result.values.isEmpty ? nil : result
  }
}

/// When a value can do no harm at a place.
enum Harm {
  static func isHarmless(_ value: FlowValue, at sink: SinkKind, own: FlowValue.Passed = []) -> Bool {
    let passed = value.passed
    if passed.contains(.allowListed) || !passed.isDisjoint(with: own) { return true }
    // Of numbers it matters how large they are.
    if sink == .amount { return passed.contains(.bounded) }
    if passed.contains(.number) { return true }
    switch sink {
    case .fileRead, .fileWrite: return !passed.isDisjoint(with: [.baseName, .contained])
    case .requestURL, .redirect: return !passed.isDisjoint(with: [.behindHost, .urlPart])
    case .command: return passed.contains(.shell)
    case .html: return !passed.isDisjoint(with: [.html, .urlPart])
    case .pattern: return passed.contains(.pattern)
    case .sql: return passed.contains(.sql)
    case .nosql: return passed.contains(.text)
    case .ldap: return passed.contains(.ldap)
    case .xpath: return passed.contains(.xpath)
    case .header, .log: return !passed.isDisjoint(with: [.oneLine, .urlPart])
    default: return false
    }
  }

  /// A flawed check of paths says nothing of URLs.
  static func isAboutFiles(_ sink: SinkKind) -> Bool { sink == .fileRead || sink == .fileWrite }
}

extension Validation {
  /// True for values of which the check looked at the same part, or the whole.
  func concerns(_ value: FlowValue) -> Bool {
    values.contains { $0.overlaps(value) }
  }
}

/// Library calls whose result holds the text that they are given.
enum Propagation {
  /// Functions that take a URL apart, and those of its parts that say nothing of the host.
  static let splitters: Set<String> = ["urlparse", "urlsplit", "URL", "Url"]
  static let pathParts: Set<FlowName> = ["path", "query", "fragment", "params"]
  static let smallParts: Set<FlowName> = ["scheme", "port"]
  /// Functions whose result holds text of their arguments.
  static let functions: Set<String> = [
    "safe_load", "load", "loads", "parse", "urlparse", "urlsplit", "urlunparse", "urlunsplit", "parse_qs", "fsdecode",
    "fsencode", "fspath", "Request", "URL", "Url", "Markup", "StringIO", "BytesIO",
    "from_url", "compile", "dedent", "indent", "sub", "template", "expandvars", "safe_substitute", "substitute",
    "model_validate", "parse_obj", "from_orm", "model_validate_json", "parse_raw", "validate_python", "expanduser",
  ]
  /// Methods whose result holds text of their receiver.
  static let methods: Set<String> = [
    "get", "getlist", "get_all", "getall", "pop", "read", "readline", "readlines", "getvalue", "body", "form", "json",
    "text", "stream", "group", "groups", "groupdict", "expandtabs", "translate", "ljust", "rjust", "center",
    "setdefault", "multi_items", "iterdir", "rglob", "glob", "to_string", "unescape", "popitem", "findall",
    "absolute", "expanduser", "with_suffix", "with_stem", "relative_to", "as_uri", "geturl", "open",
  ]
}
