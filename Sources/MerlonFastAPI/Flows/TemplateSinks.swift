import MerlonBase
import MerlonFlow
import MerlonProgram
import MerlonPython
import MerlonTemplates

/// Tells which values of a call get into a page through a template that does not keep them text.
final class TemplateSinks {
  struct Use {
    var callee: String
    var values: [FlowValue]
    /// The entry of the context where one is seen, else the call.
    var location: SourceLocation
    var step: FlowStep
    var harm: TemplateHarm
  }

  private let engine: FlowEngine
  private let files: TemplateFiles
  private var renderings: [Definition: [Rendering]] = [:]
  private var underWay: Set<Definition> = []

  init(engine: FlowEngine) {
    self.engine = engine
    files = TemplateFiles(program: engine.program)
  }

  /// A place where a template is rendered, as far as one function says.
  private struct Rendering {
    enum Name {
      case text(String)
      case parameter(NodeID)
    }

    var name: Name
    var callee: String
    var environment: TemplateEnvironment
    /// The module that the environment is used in.
    var path: String
    /// False for a text that `render` gives back, which may be no page.
    var isPage: Bool
    var context: [Context]
  }

  private enum Context {
    /// A mapping of all variables.
    case mapping([FlowValue], NodeID?)
    case variable(String, [FlowValue], NodeID?)
    /// Keywords that the function is given (`**context`).
    case keywords(NodeID)
  }

  func uses(of call: FlowCall, in flow: FunctionFlow) -> [Use] {
    renderings(of: call, in: flow).flatMap { rendering in
      if case .text(let name) = rendering.name { uses(rendering, name, call, flow) } else { [] as [Use] }
    }
  }

  // MARK: Variables

  private func uses(_ rendering: Rendering, _ name: String, _ call: FlowCall, _ flow: FunctionFlow) -> [Use] {
    let reader = files.reader(rendering.environment, near: rendering.path)
    guard rendering.isPage || reader.looksLikeHTML(name) else { return [] }
    var result: [Use] = []
    let outputs = reader.outputs(of: name, autoescape: rendering.environment.autoescape)
    // Of several places in the template one is told: a certain one where there is one.
    let harmful = outputs.filter { $0.harm?.isCertain == true } + outputs.filter { $0.harm?.isCertain == false }
    for output in harmful where result.count < 32 {
      guard let harm = output.harm, let variable = output.path.first else { continue }
      let rest = FlowPath(output.path.dropFirst().map { FlowName($0) })
      for context in rendering.context {
        let (values, node) = values(of: variable, rest, in: context, flow)
        guard !values.isEmpty else { continue }
        let place = SourcePosition(line: output.line, column: output.column)
        let range = TextRange(start: UInt32(output.range.lowerBound), end: UInt32(output.range.upperBound))
        let end = SourcePosition(line: output.line, column: output.column + output.range.count)
        let shown = output.path.joined(separator: ".").replacing(".[]", with: "[]")
        result.append(
          Use(
            callee: rendering.callee, values: values, location: flow.module.location(node ?? call.node),
            step: FlowStep(
              location: SourceLocation(path: output.file, range: range, start: place, end: end),
              message: "`\(shown)` \(harm.text)"),
            harm: harm))
      }
    }
    return result
  }

  private func values(of variable: String, _ rest: FlowPath, in context: Context, _ flow: FunctionFlow)
    -> ([FlowValue], NodeID?)
  {
    switch context {
    case .variable(let name, let values, let node):
      return name == variable ? (flow.project(values, path: rest), node) : ([], nil)
    case .mapping(let values, let node):
      let path = FlowPath([FlowName(variable)] + rest.steps)
      return (flow.project(values, path: path), node.flatMap { entry(variable, of: $0, flow) })
    case .keywords: return ([], nil)
    }
  }

  /// The expression under a key of a display.
  private func entry(_ key: String, of node: NodeID, _ flow: FunctionFlow) -> NodeID? {
    let tree = flow.tree
    for origin in flow.semantics.origins(of: node) where tree.kind(origin) == .dict {
      let parts = tree.dict(origin)
      for (name, value) in zip(tree[parts.keys], tree[parts.values])
      where !name.isNone && tree.stringValue(name) == key {
        return value
      }
    }
    return nil
  }

  // MARK: Calls

  private func renderings(of call: FlowCall, in flow: FunctionFlow) -> [Rendering] {
    guard !call.isSubscript else { return [] }
    if let function = call.function { return call.constructedClass == nil ? wrapped(function, call, flow) : [] }
    switch call.name {
    case "TemplateResponse": return response(call, flow)
    case "render", "render_async", "generate", "generate_async", "stream":
      return call.receiver.isNone ? [] : rendered(call, flow)
    default: return []
    }
  }

  /// `templates.TemplateResponse(request, name, context)`; before Starlette 0.29 `TemplateResponse(name, context)`.
  private func response(_ call: FlowCall, _ flow: FunctionFlow) -> [Rendering] {
    func keyword(_ name: String) -> NodeID? { call.arguments.first { $0.name == name }?.node }
    let positional = call.arguments.filter { $0.name == nil && $0.form == .plain }.map(\.node)
    let isOld = keyword("request") != nil ? false : positional.first.map { isText($0, flow) } ?? true
    // `TemplateResponse(request=request, name=…)` gives the first position to the name.
    let shift = isOld || keyword("request") != nil ? 0 : 1
    let name = keyword("name") ?? (positional.count > shift ? positional[shift] : nil)
    let position = keyword("name") == nil ? shift + 1 : shift
    let context = keyword("context") ?? (positional.count > position ? positional[position] : nil)
    guard let name else { return [] }
    let known = names(name, flow)
    guard !known.isEmpty else { return [] }
    if let media = keyword("media_type"), let type = flow.semantics.constant(of: media)?.string,
      !["html", "xml", "svg"].contains(where: type.contains)
    {
      return []
    }
    var parts: [Context] = []
    if let context { parts += contexts(context, flow) }
    if let request = keyword("request") ?? (shift == 1 ? positional.first : nil) {
      parts.append(.variable("request", flow.values(of: request), nil))
    }
    let environment = files.environment(of: call.receiver, in: flow.module, isStarlette: true)
    return known.map { name in
      Rendering(
        name: name, callee: "TemplateResponse", environment: environment, path: flow.module.path, isPage: true,
        context: parts)
    }
  }

  /// True for a name of a template rather than a request.
  private func isText(_ node: NodeID, _ flow: FunctionFlow) -> Bool {
    if flow.semantics.constant(of: node)?.string != nil { return true }
    if let type = flow.semantics.type(of: node)?.qualifiedName { return type == "builtins.str" }
    return flow.tree.kind(node) == .joinedStr || LastName.of(node, flow.tree).map { !$0.contains("req") } ?? false
  }

  /// One name, or those of several that a condition chooses from.
  private func names(_ node: NodeID, _ flow: FunctionFlow) -> [Rendering.Name] {
    if let name = name(node, flow) { return [name] }
    return flow.semantics.origins(of: node).prefix(8).compactMap { origin in
      flow.semantics.constant(of: origin)?.string.map { .text($0) }
    }
  }

  private func name(_ node: NodeID, _ flow: FunctionFlow) -> Rendering.Name? {
    if let text = flow.semantics.constant(of: node)?.string { return .text(text) }
    for value in flow.values(of: node) where value.path.isEmpty && !value.isDerived {
      if case .parameter(let place) = value.root, flow.parameters.contains(place.node) { return .parameter(place.node) }
    }
    return nil
  }

  /// A mapping of variables as code hands it over: a display, `dict(…)`, `first | second`, a name of one of these.
  private func contexts(_ node: NodeID, _ flow: FunctionFlow, depth: Int = 0) -> [Context] {
    let tree = flow.tree
    var result: [Context] = [.mapping(flow.values(of: node), node)] + spreadParameters(node, flow)
    guard depth < 4 else { return result }
    for origin in flow.semantics.origins(of: node) {
      switch tree.kind(origin) {
      case .call:
        guard let call = flow.call(at: origin), call.name == "dict", call.receiver.isNone else { continue }
        for argument in call.arguments {
          if let name = argument.name {
            result.append(.variable(name, flow.values(of: argument.node), argument.node))
          } else {
            result += contexts(argument.node, flow, depth: depth + 1)
          }
        }
      case .binOp where tree.binOp(origin).op == .bitOr:
        let parts = tree.binOp(origin)
        result += contexts(parts.left, flow, depth: depth + 1) + contexts(parts.right, flow, depth: depth + 1)
      default: continue
      }
    }
    return result
  }

  /// `{"request": request, **context}` and `context` itself, where that is what the function got as keywords.
  private func spreadParameters(_ node: NodeID, _ flow: FunctionFlow) -> [Context] {
    let kind = flow.tree.kind(flow.definition.node)
    guard kind == .functionDef || kind == .asyncFunctionDef else { return [] }
    let own = flow.tree.arguments(flow.tree.functionDef(flow.definition.node).arguments).keywordVariadic
    guard !own.isNone else { return [] }
    var nodes = [node]
    for origin in flow.semantics.origins(of: node) where flow.tree.kind(origin) == .dict {
      let parts = flow.tree.dict(origin)
      for (key, value) in zip(flow.tree[parts.keys], flow.tree[parts.values]) where key.isNone { nodes.append(value) }
    }
    let isGiven = nodes.contains { node in
      flow.values(of: node).contains { if case .parameter(let place) = $0.root { place.node == own } else { false } }
    }
    return isGiven ? [.keywords(own)] : []
  }

  /// `env.get_template(name).render(…)`
  private func rendered(_ call: FlowCall, _ flow: FunctionFlow) -> [Rendering] {
    guard let (home, made) = files.made(call.receiver, in: flow.module) else { return [] }
    let tree = home.tree
    let parts = tree.call(made)
    guard tree.kind(parts.function) == .attribute,
      ["get_template", "get_or_select_template"].contains(tree.text(tree.attribute(parts.function).name)),
      let node = tree[parts.arguments].first
    else { return [] }
    let known: [Rendering.Name]
    if home.id == flow.module.id {
      known = names(node, flow)
    } else {
      known = engine.program.semantics(of: home).constant(of: node)?.string.map { [.text($0)] } ?? []
    }
    guard !known.isEmpty else { return [] }
    let environment = files.environment(of: tree.attribute(parts.function).value, in: home, isStarlette: false)
    var context: [Context] = []
    for argument in call.arguments {
      if let name = argument.name {
        context.append(.variable(name, flow.values(of: argument.node), argument.node))
      } else if argument.form != .starred {
        context += contexts(argument.node, flow)
      }
    }
    return known.map { name in
      Rendering(
        name: name, callee: call.name, environment: environment, path: home.path, isPage: false, context: context)
    }
  }

  // MARK: Functions around

  /// What a function of the project renders whose template only its callers know.
  private func wrapped(_ function: Definition, _ call: FlowCall, _ flow: FunctionFlow) -> [Rendering] {
    let inner = renderings(in: function)
    guard !inner.isEmpty, let callee = engine.flow(function) else { return [] }
    let bound = engine.bind(call, in: flow)
    var result: [Rendering] = []
    for rendering in inner {
      guard case .parameter(let parameter) = rendering.name, let name = name(given: parameter, callee, call, flow)
      else {
        continue
      }
      var outer = rendering
      outer.name = name
      outer.context = rendering.context.flatMap { lifted($0, callee, bound, call, flow) }
      result.append(outer)
    }
    return result
  }

  private func renderings(in function: Definition) -> [Rendering] {
    if let known = renderings[function] { return known }
    guard underWay.count < 6, underWay.insert(function).inserted, let flow = engine.flow(function) else { return [] }
    defer { underWay.remove(function) }
    var result: [Rendering] = []
    for call in flow.calls where result.count < 8 {
      result += renderings(of: call, in: flow).filter {
        if case .parameter(let node) = $0.name { flow.parameters.contains(node) } else { false }
      }
    }
    renderings[function] = result
    return result
  }

  private func argument(for parameter: NodeID, _ callee: FunctionFlow, _ call: FlowCall) -> NodeID? {
    let name = callee.parameterName(parameter)
    if let named = call.arguments.first(where: { $0.name == name }) { return named.node }
    var parameters = callee.parameters
    if call.target?.isBound == true, !parameters.isEmpty { parameters.removeFirst() }
    let positional = call.arguments.prefix { $0.name == nil && $0.form == .plain }
    guard let index = parameters.firstIndex(of: parameter), index < positional.count else { return nil }
    return positional[positional.startIndex + index].node
  }

  private func name(given parameter: NodeID, _ callee: FunctionFlow, _ call: FlowCall, _ flow: FunctionFlow)
    -> Rendering.Name?
  {
    argument(for: parameter, callee, call).flatMap { name($0, flow) }
  }

  private func lifted(
    _ context: Context, _ callee: FunctionFlow, _ bound: [NodeID: [FlowValue]], _ call: FlowCall, _ flow: FunctionFlow
  ) -> [Context] {
    func outer(_ values: [FlowValue]) -> [FlowValue] {
      var result: [FlowValue] = []
      for value in values {
        result.merge(engine.substitute(value, bound, callee: callee.definition, in: flow))
      }
      return result
    }
    switch context {
    case .variable(let name, let values, _): return [.variable(name, outer(values), nil)]
    case .mapping(let values, _):
      // A display of the callee's is taken apart there, where its entries are known.
      var result: [Context] = []
      for value in values {
        switch value.root {
        case .made(let place) where place.module == callee.module.id && value.path.isEmpty:
          result += entries(of: place.node, callee).map { .variable($0.name, outer($0.values), nil) }
          for spread in spreads(of: place.node, callee) {
            let node = parameter(of: spread, callee).flatMap { argument(for: $0, callee, call) }
            result.append(.mapping(outer(spread), node))
          }
        default:
          let node = parameter(of: [value], callee).flatMap { argument(for: $0, callee, call) }
          result.append(.mapping(outer([value]), node))
        }
      }
      return result
    case .keywords(let own):
      guard callee.parameters.contains(own) else { return [] }
      let named = Set(callee.parameters.map { callee.parameterName($0) })
      var result: [Context] = []
      for argument in call.arguments {
        if let name = argument.name {
          if !named.contains(name) { result.append(.variable(name, flow.values(of: argument.node), argument.node)) }
        } else if argument.form == .doubleStarred {
          result += contexts(argument.node, flow)
        }
      }
      return result
    }
  }

  private func parameter(of values: [FlowValue], _ callee: FunctionFlow) -> NodeID? {
    guard values.count == 1, values[0].path.isEmpty, case .parameter(let place) = values[0].root,
      callee.parameters.contains(place.node)
    else { return nil }
    return place.node
  }

  private func entries(of node: NodeID, _ flow: FunctionFlow) -> [(name: String, values: [FlowValue])] {
    var result = flow.additions(to: node).map { (name: $0.step.text, values: flow.values(of: $0.value)) }
    guard flow.tree.kind(node) == .dict else { return result }
    let parts = flow.tree.dict(node)
    for (key, value) in zip(flow.tree[parts.keys], flow.tree[parts.values]) where !key.isNone {
      if let name = flow.tree.stringValue(key) { result.append((name, flow.values(of: value))) }
    }
    return result
  }

  private func spreads(of node: NodeID, _ flow: FunctionFlow) -> [[FlowValue]] {
    var result = flow.additions(to: node).filter { $0.step == "**" }.map { flow.values(of: $0.value) }
    guard flow.tree.kind(node) == .dict else { return result }
    let parts = flow.tree.dict(node)
    for (key, value) in zip(flow.tree[parts.keys], flow.tree[parts.values]) where key.isNone {
      result.append(flow.values(of: value))
    }
    return result
  }
}
