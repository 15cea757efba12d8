/// Goes through a template as a rendering would, every branch once and every loop one time, and notes what is put out.
struct TemplateWalker {
  private unowned let reader: TemplateReader
  private let settings: TemplateAutoescape
  private var template: TemplateReader.Parsed
  private(set) var outputs: [TemplateOutput] = []

  private var page = HTMLScanner()
  private var autoescape: Bool
  private var scopes: [[String: TemplateValue]] = [[:]]
  private var macros: [String: Macro] = [:]
  /// Blocks by name, those of the template that extends first.
  private var blocks: [String: [Block]] = [:]
  /// The block that is put out, and how far up the templates it comes from.
  private var currentBlock: (name: String, level: Int)?
  /// What stands between `{% call %}` and its end, in the macros that it is given to.
  private var callers: [(nodes: [TemplateNode], template: TemplateReader.Parsed)] = []
  /// What `{% set %}` and `{% filter %}` collect in place of the page.
  private var captures: [TemplateValue] = []
  private var seen: Set<TemplateOutput> = []
  private var depth = 0
  private var branchDepth = 0
  private var steps = 0

  private struct Macro {
    var macro: TemplateMacro
    var template: TemplateReader.Parsed
  }

  private struct Block {
    var nodes: [TemplateNode]
    var template: TemplateReader.Parsed
  }

  /// Deepest nesting of bodies, macros and includes together.
  private static let depthLimit = 60
  private static let stepLimit = 100_000
  private static let outputLimit = 1_000

  init(reader: TemplateReader, autoescape: TemplateAutoescape, template: TemplateReader.Parsed) {
    self.reader = reader
    self.template = template
    settings = autoescape
    self.autoescape = autoescape.isOn(for: template.name)
  }

  mutating func run() { walkFile(template) }

  // MARK: Files

  /// A template, in the frame of the one that it extends where there is one.
  private mutating func walkFile(_ file: TemplateReader.Parsed) {
    guard depth < Self.depthLimit else { return }
    depth += 1
    defer { depth -= 1 }
    let outer = (template, autoescape, blocks, currentBlock)
    defer { (template, autoescape, blocks, currentBlock) = outer }
    blocks = [:]
    currentBlock = nil
    var current = file
    // Templates may extend each other in a ring.
    for _ in 0..<12 {
      enter(current)
      collectBlocks(current)
      guard let parent = parent(of: current) else { break }
      // Of a template that extends another only the assignments and the blocks count.
      for node in current.nodes {
        switch node {
        case .set, .capture, .macro, .importModule, .importNames: walk(node)
        default: continue
        }
      }
      guard let next = reader.template(parent) else {
        for node in current.nodes { if case .block = node { walk(node) } }
        return
      }
      current = next
    }
    enter(current)
    walk(current.nodes)
  }

  private mutating func enter(_ file: TemplateReader.Parsed) {
    template = file
    autoescape = settings.isOn(for: file.name)
  }

  private func parent(of file: TemplateReader.Parsed) -> String? {
    for node in file.nodes { if case .extends(let name) = node { return name } }
    return nil
  }

  private mutating func collectBlocks(_ file: TemplateReader.Parsed) {
    var pending = file.nodes
    while let node = pending.popLast() {
      switch node {
      case .block(let name, let nodes):
        if blocks[name, default: []].count < 12 {
          blocks[name, default: []].append(Block(nodes: nodes, template: file))
        }
        pending += nodes
      case .branches(let bodies): for body in bodies { pending += body }
      case .loop(_, _, let nodes), .with(_, let nodes), .autoescape(_, let nodes), .filter(_, let nodes, _),
        .call(_, let nodes, _):
        pending += nodes
      case .text, .output, .set, .capture, .macro, .include, .extends, .importModule, .importNames: continue
      }
    }
  }

  // MARK: Nodes

  private mutating func walk(_ nodes: [TemplateNode]) {
    guard depth < Self.depthLimit else { return }
    depth += 1
    defer { depth -= 1 }
    for node in nodes {
      steps += 1
      guard steps < Self.stepLimit else { return }
      walk(node)
    }
  }

  private mutating func walkScope(_ variables: [String: TemplateValue], _ nodes: [TemplateNode]) {
    scopes.append(variables)
    walk(nodes)
    scopes.removeLast()
  }

  private mutating func walk(_ node: TemplateNode) {
    switch node {
    case .text(let range): page.read(template.file.bytes[range])
    case .output(let expression, let range): putOut(expression, range)
    case .branches(let bodies): walkBranches(bodies)
    case .loop(let targets, let iterable, let nodes):
      walkScope(bind(targets, value(iterable).elements, isLoop: true), nodes)
    case .set(let targets, let expression): assign(bind(targets, value(expression), isLoop: false))
    case .capture(let name, let filters, let nodes): assign([name: capture(nodes, filters)])
    case .with(let assignments, let nodes):
      var variables: [String: TemplateValue] = [:]
      for (name, expression) in assignments { variables[name] = value(expression) }
      walkScope(variables, nodes)
    case .autoescape(let isOn, let nodes):
      let outer = autoescape
      autoescape = isOn
      walk(nodes)
      autoescape = outer
    case .filter(let filters, let nodes, let range): emit(capture(nodes, filters), range)
    case .block(let name, let nodes): walkBlock(name, nodes)
    case .macro(let macro): macros[macro.name] = Macro(macro: macro, template: template)
    case .call(let expression, let nodes, let range):
      callers.append((nodes, template))
      putOut(expression, range)
      callers.removeLast()
    case .include(let names):
      for name in names {
        guard let file = reader.template(name) else { continue }
        walkFile(file)
        break
      }
    case .importModule(let file, let alias): importMacros(file) { alias + "." + $0 }
    case .importNames(let file, let names):
      for (name, alias) in names { importMacros(file) { $0 == name ? alias : nil } }
    case .extends: break
    }
  }

  /// The page goes on behind the first branch: all of them are taken to leave it in the same place.
  private mutating func walkBranches(_ bodies: [[TemplateNode]]) {
    let start = page
    var end: HTMLScanner?
    branchDepth += 1
    defer { branchDepth -= 1 }
    for body in bodies {
      page = start
      walk(body)
      if end == nil { end = page }
    }
    page = end ?? start
  }

  private mutating func walkBlock(_ name: String, _ nodes: [TemplateNode]) {
    let outer = (currentBlock, template, autoescape)
    defer { (currentBlock, template, autoescape) = outer }
    // A block inside of itself, by way of another template.
    guard outer.0?.name != name else { return }
    if let block = blocks[name]?.first {
      currentBlock = (name, 0)
      // A block of this file stays below the `{% autoescape %}` around it.
      if block.template.name != template.name { enter(block.template) }
      walkScope([:], block.nodes)
    } else {
      walkScope([:], nodes)
    }
  }

  private mutating func importMacros(_ name: String, _ alias: (String) -> String?) {
    guard let file = reader.template(name) else { return }
    for node in file.nodes {
      if case .macro(let macro) = node, let known = alias(macro.name) {
        macros[known] = Macro(macro: macro, template: file)
      }
    }
  }

  // MARK: Variables

  private func bind(_ targets: [String], _ value: TemplateValue, isLoop: Bool) -> [String: TemplateValue] {
    var result: [String: TemplateValue] = isLoop ? ["loop": TemplateValue()] : [:]
    if targets.count == 1 {
      result[targets[0]] = value
    } else {
      // `for key, value in items.items()`
      for target in targets { result[target] = value }
    }
    return result
  }

  private mutating func assign(_ variables: [String: TemplateValue]) {
    for (name, value) in variables {
      // What only some branches assign leaves what was there.
      var value = value
      if branchDepth > 0, let known = scopes.last?[name] {
        value.merge(known)
      }
      // An attribute of a `namespace` outlives its scope.
      scopes[name.contains(".") ? 0 : scopes.count - 1][name] = value
    }
  }

  private func lookUp(_ name: String) -> TemplateValue {
    for scope in scopes.reversed() { if let value = scope[name] { return value } }
    return Self.ownNames.contains(name) || macros[name] != nil ? TemplateValue() : .variable(name)
  }

  private static let ownNames: Set<String> = [
    "loop", "caller", "super", "self", "range", "lipsum", "cycler", "joiner", "namespace", "url_for", "varargs",
    "kwargs",
  ]

  private mutating func capture(_ nodes: [TemplateNode], _ filters: [TemplateFilter]) -> TemplateValue {
    captures.append(TemplateValue())
    let outer = page
    page = HTMLScanner()
    walk(nodes)
    page = outer
    var result = captures.removeLast()
    result = autoescape ? result.markup : result.plain
    for filter in filters { result = apply(filter.name, result, filter.arguments) }
    return result
  }

  // MARK: Output

  private mutating func putOut(_ expression: TemplateExpression, _ range: Range<Int>) {
    if case .call(let function, let arguments) = expression, walkCall(function, arguments) { return }
    // `{{ field(name)|safe }}`, `{{ open() ~ close() }}`: what a macro answers is put out as it is.
    if case .filter(let inner, let name, _) = expression, name == "safe" || TemplateFilters.isCleaner(name) == false,
      case .call(let function, let arguments) = inner, walkCall(function, arguments)
    {
      return
    }
    if case .joined(let parts) = expression, parts.contains(where: isMacroCall) {
      for part in parts { putOut(part, range) }
      return
    }
    emit(value(expression), range)
  }

  private mutating func emit(_ value: TemplateValue, _ range: Range<Int>) {
    let value = autoescape ? value.escaped() : value
    let context = page.readValue()
    func place(_ part: TemplateValue.Part) -> HTMLContext {
      if context == .text, let inner = part.context { inner } else { context }
    }
    guard captures.isEmpty else {
      var noted = value
      for index in noted.parts.indices { noted.parts[index].context = place(noted.parts[index]) }
      captures[captures.count - 1].merge(noted)
      return
    }
    guard outputs.count < Self.outputLimit else { return }
    var line = 0
    for part in value.parts {
      if line == 0 { line = self.line(of: range.lowerBound) }
      let output = TemplateOutput(
        path: part.path, context: place(part), escapes: part.escapes, file: template.file.path, range: range,
        line: line,
        column: range.lowerBound - template.lineStarts[line - 1])
      if seen.insert(output).inserted { outputs.append(output) }
    }
  }

  private func line(of offset: Int) -> Int {
    var low = 0
    var high = template.lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if template.lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return low + 1
  }

  // MARK: Macros

  private func macroName(_ function: TemplateExpression) -> String? {
    switch function {
    case .name(let name): return name
    case .attribute(.name(let module), let name): return module + "." + name
    default: return nil
    }
  }

  private func isMacroCall(_ expression: TemplateExpression) -> Bool {
    guard case .call(let function, _) = expression, let name = macroName(function) else { return false }
    return macros[name] != nil
  }

  /// What a macro, `caller()`, `super()` or `self.block()` puts out here; false for other calls.
  private mutating func walkCall(_ function: TemplateExpression, _ arguments: [TemplateArgument]) -> Bool {
    guard let name = macroName(function) else { return false }
    let outer = (template, autoescape, currentBlock, callers, scopes)
    defer { (template, autoescape, currentBlock, callers, scopes) = outer }
    if name == "super", let current = currentBlock {
      guard let block = blocks[current.name]?.dropFirst(current.level + 1).first else { return true }
      currentBlock = (current.name, current.level + 1)
      enter(block.template)
      walk(block.nodes)
      return true
    }
    if name == "caller", let caller = callers.popLast() {
      template = caller.template
      walk(caller.nodes)
      return true
    }
    guard let known = macros[name] else { return false }
    var variables: [String: TemplateValue] = [:]
    let positional = arguments.filter { $0.name == nil }
    for (index, parameter) in known.macro.parameters.enumerated() {
      let argument =
        arguments.first { $0.name == parameter.name } ?? (index < positional.count ? positional[index] : nil)
      variables[parameter.name] = (argument?.value ?? parameter.value).map { value($0) } ?? TemplateValue()
    }
    enter(known.template)
    scopes = [scopes[0], variables]
    walk(known.macro.body)
    return true
  }

  // MARK: Values

  private mutating func value(_ expression: TemplateExpression) -> TemplateValue {
    steps += 1
    guard steps < Self.stepLimit else { return TemplateValue() }
    switch expression {
    case .name(let name): return lookUp(name)
    case .string, .plain: return TemplateValue()
    case .attribute(let inner, let name):
      if case .name(let space) = inner, let known = scopes[0][space + "." + name] { return known }
      return value(inner).step(name)
    case .element(let inner): return value(inner).step("[]")
    case .filter(let inner, let name, let arguments): return apply(name, value(inner), arguments)
    case .joined(let parts):
      let values = parts.map { value($0) }
      return autoescape ? .joined(values) : TemplateValue.either(values).plain
    case .added(let parts): return .joined(parts.map { value($0) })
    case .formatted(let left, let right): return value(left).filled(with: [value(right)])
    case .either(let parts), .list(let parts): return .either(parts.map { value($0) })
    case .call(let function, let arguments): return callValue(function, arguments)
    }
  }

  private mutating func apply(_ name: String, _ value: TemplateValue, _ arguments: [TemplateArgument]) -> TemplateValue
  {
    var given: [(name: String?, value: TemplateValue, text: String?)] = []
    for argument in arguments {
      var text: String?
      if case .string(let literal) = argument.value { text = literal }
      given.append((argument.name, self.value(argument.value), text))
    }
    return TemplateFilters.apply(name, to: value, given, autoescape: autoescape)
  }

  private mutating func callValue(_ function: TemplateExpression, _ arguments: [TemplateArgument]) -> TemplateValue {
    switch function {
    case .name(let name):
      if isMacroCall(.call(function, arguments)) {
        captures.append(TemplateValue())
        let outer = page
        page = HTMLScanner()
        _ = walkCall(function, arguments)
        page = outer
        let result = captures.removeLast()
        return autoescape ? result.markup : result.plain
      }
      if name.contains("url") || Self.ownNames.contains(name) || ["len", "csrf_token"].contains(name) {
        return TemplateValue()
      }
      let result = TemplateValue.either(arguments.map { value($0.value) })
      if name == "Markup" { return result.markup }
      return TemplateFilters.isCleaner(name) ? result.adding(.html).markup : result.plain
    case .attribute(let receiver, let method):
      let own = value(receiver)
      switch method {
      case "get", "getlist", "getall":
        guard case .string(let key)? = arguments.first?.value else { return own.step("[]") }
        return .either([own.step(key)] + arguments.dropFirst().map { value($0.value) })
      case "items", "values", "keys", "copy": return own
      case "strip", "lstrip", "rstrip", "lower", "upper", "title", "capitalize", "removeprefix", "removesuffix",
        "split",
        "splitlines":
        return own
      case "replace", "format", "join": return own.filled(with: arguments.map { value($0.value) })
      case "strftime", "isoformat", "count", "index", "startswith", "endswith": return TemplateValue()
      default: return own.step(method)
      }
    default: return TemplateValue()
    }
  }
}
