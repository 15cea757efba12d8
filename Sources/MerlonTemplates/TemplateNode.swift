/// A part of a template.
indirect enum TemplateNode {
  case text(Range<Int>)
  case output(TemplateExpression, Range<Int>)
  /// The bodies of `if`, `elif` and `else`.
  case branches([[TemplateNode]])
  case loop([String], TemplateExpression, [TemplateNode])
  case set([String], TemplateExpression)
  /// `{% set x | upper %}…{% endset %}`
  case capture(String, [TemplateFilter], [TemplateNode])
  case with([(String, TemplateExpression)], [TemplateNode])
  case autoescape(Bool, [TemplateNode])
  case filter([TemplateFilter], [TemplateNode], Range<Int>)
  case block(String, [TemplateNode])
  case macro(TemplateMacro)
  /// `{% call(user) list_of(users) %}…{% endcall %}`
  case call(TemplateExpression, [TemplateNode], Range<Int>)
  case include([String])
  case extends(String)
  case importModule(String, as: String)
  case importNames(String, [(name: String, alias: String)])
}

struct TemplateFilter {
  var name: String
  var arguments: [TemplateArgument]
}

struct TemplateMacro {
  var name: String
  var parameters: [(name: String, value: TemplateExpression?)]
  var body: [TemplateNode]
}

/// Puts the pieces of a template together. Nesting is bounded; tags beyond the bound, tags that nobody knows and ends
/// without a beginning are left out, and what stands between them is kept.
struct TemplateParser {
  private let pieces: [TemplatePiece]
  private var position = 0
  private static let depthLimit = 40

  static func nodes(of bytes: [UInt8]) -> [TemplateNode] {
    var parser = TemplateParser(pieces: TemplateLexer.pieces(of: bytes))
    var result: [TemplateNode] = []
    while parser.position < parser.pieces.count {
      result += parser.body(until: [], depth: 0).nodes
    }
    return result
  }

  private init(pieces: [TemplatePiece]) { self.pieces = pieces }

  /// The nodes up to one of the tags, which is read too.
  private mutating func body(until ends: Set<String>, depth: Int) -> (nodes: [TemplateNode], end: String?) {
    var nodes: [TemplateNode] = []
    while position < pieces.count {
      let piece = pieces[position]
      position += 1
      switch piece.kind {
      case .text: nodes.append(.text(piece.range))
      case .output(let tokens):
        var parser = TemplateExpressionParser(tokens)
        nodes.append(.output(parser.readTuple(), piece.range))
      case .tag(let word, let tokens):
        if ends.contains(word) { return (nodes, word) }
        // An end that belongs to a tag further out: this one was never closed.
        if word.hasPrefix("end"), !ends.isEmpty, Self.closing.contains(word) {
          if depth > 1 { position -= 1 }
          return (nodes, nil)
        }
        guard depth < Self.depthLimit else { continue }
        if let node = tag(word, tokens, piece.range, depth + 1) { nodes.append(node) }
      }
    }
    return (nodes, nil)
  }

  private static let closing: Set<String> = [
    "endif", "endfor", "endset", "endwith", "endautoescape", "endfilter", "endblock", "endmacro", "endcall", "endtrans",
  ]

  private mutating func tag(_ word: String, _ tokens: [TemplateToken], _ range: Range<Int>, _ depth: Int)
    -> TemplateNode?
  {
    var parser = TemplateExpressionParser(tokens)
    switch word {
    case "if": return branches(depth)
    case "for": return loop(&parser, depth)
    case "set": return set(&parser, depth)
    case "with": return .with(assignments(&parser), body(until: ["endwith"], depth: depth).nodes)
    case "trans": return .with(assignments(&parser), translation(depth))
    case "autoescape":
      let isOff = [.name("false"), .name("False"), .number("0"), .name("none")].contains(tokens.first)
      return .autoescape(!isOff, body(until: ["endautoescape"], depth: depth).nodes)
    case "filter":
      let filters = filters(&parser)
      return .filter(filters, body(until: ["endfilter"], depth: depth).nodes, range)
    case "block":
      return .block(parser.readName() ?? "", body(until: ["endblock"], depth: depth).nodes)
    case "macro":
      let name = parser.readName() ?? ""
      let parameters = parameters(&parser)
      let body = body(until: ["endmacro"], depth: depth).nodes
      return .macro(TemplateMacro(name: name, parameters: parameters, body: body))
    case "call":
      // What the macro hands to the body is not followed.
      if parser.next == .sign("(") { _ = parameters(&parser) }
      let call = parser.readExpression()
      return .call(call, body(until: ["endcall"], depth: depth).nodes, range)
    case "include": return .include(names(&parser))
    case "extends": return names(&parser).first.map { .extends($0) }
    case "import":
      guard let file = names(&parser).first, parser.accept(word: "as"), let name = parser.readName() else { return nil }
      return .importModule(file, as: name)
    case "from": return importNames(&parser)
    default: return nil
    }
  }

  private mutating func branches(_ depth: Int) -> TemplateNode {
    var result: [[TemplateNode]] = []
    while true {
      let (nodes, end) = body(until: ["elif", "else", "endif"], depth: depth)
      result.append(nodes)
      if end == nil || end == "endif" { return .branches(result) }
    }
  }

  private mutating func loop(_ parser: inout TemplateExpressionParser, _ depth: Int) -> TemplateNode {
    let targets = targets(&parser)
    _ = parser.accept(word: "in")
    let iterable = parser.readTuple()
    let (nodes, end) = body(until: ["else", "endfor"], depth: depth)
    let loop = TemplateNode.loop(targets, iterable, nodes)
    guard end == "else" else { return loop }
    return .branches([[loop], body(until: ["endfor"], depth: depth).nodes])
  }

  /// `a`, `a, b`, `(a, b)`, `space.a`.
  private func targets(_ parser: inout TemplateExpressionParser) -> [String] {
    var result: [String] = []
    while result.count < 64 {
      if parser.accept(sign: "(") || parser.accept(sign: ")") || parser.accept(sign: ",") { continue }
      guard parser.next != .name("in"), var name = parser.readName() else { break }
      if parser.accept(sign: "."), let part = parser.readName() { name += "." + part }
      result.append(name)
    }
    return result
  }

  private mutating func set(_ parser: inout TemplateExpressionParser, _ depth: Int) -> TemplateNode? {
    let targets = targets(&parser)
    if parser.accept(sign: "=") { return .set(targets, parser.readTuple()) }
    let filters = parser.accept(sign: "|") ? filters(&parser) : []
    let nodes = body(until: ["endset"], depth: depth).nodes
    return targets.first.map { .capture($0, filters, nodes) }
  }

  private func filters(_ parser: inout TemplateExpressionParser) -> [TemplateFilter] {
    // `upper | replace("a", "b")` read as filters of an empty value.
    var tokens: [TemplateToken] = [.string(""), .sign("|")]
    while let token = parser.next {
      tokens.append(token)
      parser.skip()
    }
    var inner = TemplateExpressionParser(tokens)
    var expression = inner.readExpression()
    var result: [TemplateFilter] = []
    while case .filter(let value, let name, let arguments) = expression {
      result.append(TemplateFilter(name: name, arguments: arguments))
      expression = value
    }
    return result.reversed()
  }

  private func assignments(_ parser: inout TemplateExpressionParser) -> [(String, TemplateExpression)] {
    var result: [(String, TemplateExpression)] = []
    while result.count < 64 {
      if parser.accept(sign: ",") { continue }
      guard let name = parser.readName() else { break }
      if parser.accept(sign: "=") { result.append((name, parser.readExpression())) }
    }
    return result
  }

  private mutating func translation(_ depth: Int) -> [TemplateNode] {
    let (nodes, end) = body(until: ["pluralize", "endtrans"], depth: depth)
    guard end == "pluralize" else { return nodes }
    return [.branches([nodes, body(until: ["endtrans"], depth: depth).nodes])]
  }

  private func parameters(_ parser: inout TemplateExpressionParser) -> [(name: String, value: TemplateExpression?)] {
    var result: [(name: String, value: TemplateExpression?)] = []
    guard parser.accept(sign: "(") else { return [] }
    while !parser.isAtEnd, !parser.accept(sign: ")"), result.count < 64 {
      if parser.accept(sign: ",") { continue }
      guard let name = parser.readName() else { break }
      result.append((name, parser.accept(sign: "=") ? parser.readExpression() : nil))
    }
    return result
  }

  /// The names of templates that are written out: one, a list, or either of two.
  private func names(_ parser: inout TemplateExpressionParser) -> [String] {
    var result: [String] = []
    var pending = [parser.readExpression()]
    while let next = pending.popLast() {
      switch next {
      case .string(let text): result.append(text)
      case .list(let parts), .either(let parts): pending += parts.reversed()
      default: continue
      }
    }
    return result
  }

  private func importNames(_ parser: inout TemplateExpressionParser) -> TemplateNode? {
    guard let file = names(&parser).first, parser.accept(word: "import") else { return nil }
    var result: [(name: String, alias: String)] = []
    while result.count < 64 {
      if parser.accept(sign: ",") { continue }
      guard let name = parser.readName(), name != "with", name != "without" else { break }
      result.append((name, parser.accept(word: "as") ? parser.readName() ?? name : name))
    }
    return .importNames(file, result)
  }
}
