/// An expression of a template, as far as it matters for what is put out.
indirect enum TemplateExpression {
  case name(String)
  case string(String)
  /// Numbers, truth values, comparisons: nothing that holds text of anyone's choice.
  case plain
  case attribute(TemplateExpression, String)
  /// A part under a key that is worked out.
  case element(TemplateExpression)
  case call(TemplateExpression, [TemplateArgument])
  case filter(TemplateExpression, String, [TemplateArgument])
  /// `a ~ b`
  case joined([TemplateExpression])
  /// `a + b`
  case added([TemplateExpression])
  /// `"%s" % value`.
  case formatted(TemplateExpression, TemplateExpression)
  /// One of several: `a or b`, `a if c else b`.
  case either([TemplateExpression])
  case list([TemplateExpression])
}

struct TemplateArgument {
  var name: String?
  var value: TemplateExpression
}

/// Reads expressions as Jinja2's `parser.py` does, in its order of precedence. Nesting and chains are bounded; what lies
/// beyond the bounds counts as plain.
struct TemplateExpressionParser {
  private let tokens: [TemplateToken]
  private(set) var position = 0
  private var depth = 0
  /// Wrappings that are left: a long chain of filters is a deep tree.
  private var wrappings = 60

  private static let depthLimit = 24

  init(_ tokens: [TemplateToken]) { self.tokens = tokens }

  var isAtEnd: Bool { position >= tokens.count }
  var next: TemplateToken? { position < tokens.count ? tokens[position] : nil }

  mutating func accept(sign: String) -> Bool {
    guard next == .sign(sign) else { return false }
    position += 1
    return true
  }

  mutating func accept(word: String) -> Bool {
    guard next == .name(word) else { return false }
    position += 1
    return true
  }

  mutating func skip() { position = min(position + 1, tokens.count) }

  mutating func readName() -> String? {
    guard case .name(let name)? = next else { return nil }
    position += 1
    return name
  }

  /// `a, b` is a tuple.
  mutating func readTuple() -> TemplateExpression {
    let first = readExpression()
    guard next == .sign(",") else { return first }
    var elements = [first]
    while accept(sign: ","), !isAtEnd, elements.count < 1_000 { elements.append(readExpression()) }
    return .list(elements)
  }

  /// `a if c else b`.
  mutating func readExpression() -> TemplateExpression {
    guard depth < Self.depthLimit else {
      position = tokens.count
      return .plain
    }
    depth += 1
    defer { depth -= 1 }
    var result = readOr()
    while accept(word: "if") {
      _ = readOr()
      guard wrap() else { return .plain }
      result = .either(accept(word: "else") ? [result, readExpression()] : [result])
    }
    return result
  }

  private mutating func wrap() -> Bool {
    guard wrappings > 0 else {
      position = tokens.count
      return false
    }
    wrappings -= 1
    return true
  }

  private mutating func readOr() -> TemplateExpression {
    var parts = [readNot()]
    while accept(word: "or") || accept(word: "and") { parts.append(readNot()) }
    return parts.count == 1 ? parts[0] : .either(parts)
  }

  private mutating func readNot() -> TemplateExpression {
    var isNegated = false
    while accept(word: "not") { isNegated = true }
    let value = readComparison()
    return isNegated ? .plain : value
  }

  private static let comparisons: Set<String> = ["==", "!=", "<", ">", "<=", ">="]

  private mutating func readComparison() -> TemplateExpression {
    var result = readConcatenation()
    while let token = next {
      if case .sign(let sign) = token, Self.comparisons.contains(sign) {
        position += 1
      } else if token == .name("in") {
        position += 1
      } else if token == .name("not"), position + 1 < tokens.count, tokens[position + 1] == .name("in") {
        position += 2
      } else {
        return result
      }
      _ = readConcatenation()
      result = .plain
    }
    return result
  }

  private mutating func readConcatenation() -> TemplateExpression {
    var parts = [readSum()]
    while accept(sign: "~") { parts.append(readSum()) }
    return parts.count == 1 ? parts[0] : .joined(parts)
  }

  private mutating func readSum() -> TemplateExpression {
    var parts = [readProduct()]
    var isDifference = false
    while let token = next {
      if token == .sign("-") { isDifference = true } else if token != .sign("+") { break }
      position += 1
      parts.append(readProduct())
    }
    if isDifference { return .plain }
    return parts.count == 1 ? parts[0] : .added(parts)
  }

  private mutating func readProduct() -> TemplateExpression {
    var result = readUnary()
    while let token = next {
      switch token {
      case .sign("%"):
        position += 1
        guard wrap() else { return .plain }
        result = .formatted(result, readUnary())
      case .sign("*"):
        position += 1
        guard wrap() else { return .plain }
        result = .added([result, readUnary()])
      case .sign("/"), .sign("//"), .sign("**"):
        position += 1
        _ = readUnary()
        result = .plain
      default: return result
      }
    }
    return result
  }

  private mutating func readUnary() -> TemplateExpression {
    var isNumber = false
    while accept(sign: "-") || accept(sign: "+") { isNumber = true }
    let value = readPostfix()
    return isNumber ? .plain : value
  }

  // MARK: Parts

  private mutating func readPostfix() -> TemplateExpression {
    var result = readPrimary()
    while let token = next {
      switch token {
      case .sign("."):
        position += 1
        guard wrap() else { return .plain }
        switch next {
        case .name(let name): result = .attribute(result, name)
        case .number(let index): result = .attribute(result, index)
        default: return result
        }
        position += 1
      case .sign("["):
        position += 1
        guard wrap() else { return .plain }
        result = readSubscript(of: result)
      case .sign("("):
        position += 1
        guard wrap() else { return .plain }
        result = .call(result, readArguments())
      case .sign("|"):
        position += 1
        guard wrap(), var name = readName() else { return .plain }
        while accept(sign: "."), let more = readName() { name += "." + more }
        result = .filter(result, name, accept(sign: "(") ? readArguments() : [])
      case .name("is"):
        position += 1
        _ = accept(word: "not")
        skipTest()
        result = .plain
      default: return result
      }
    }
    return result
  }

  /// `is divisibleby 3`, `is sameas(x)`, `is defined`.
  private mutating func skipTest() {
    _ = readName()
    while accept(sign: "."), readName() != nil {}
    if accept(sign: "(") {
      _ = readArguments()
      return
    }
    switch next {
    case .name(let word) where !["else", "or", "and", "if", "is", "not", "in"].contains(word): position += 1
    case .string, .number: position += 1
    default: break
    }
  }

  private mutating func readSubscript(of value: TemplateExpression) -> TemplateExpression {
    var key: TemplateExpression?
    var isSlice = false
    if position + 1 < tokens.count, tokens[position + 1] == .sign("]") {
      switch tokens[position] {
      case .string(let text), .number(let text):
        position += 2
        return .attribute(value, text)
      default: break
      }
    }
    while !isAtEnd, !accept(sign: "]") {
      if accept(sign: ":") {
        isSlice = true
      } else if accept(sign: ",") {
        continue
      } else {
        let before = position
        key = readExpression()
        if position == before { position += 1 }
      }
    }
    _ = key
    return isSlice ? value : .element(value)
  }

  private mutating func readArguments() -> [TemplateArgument] {
    var result: [TemplateArgument] = []
    while !isAtEnd, !accept(sign: ")") {
      if accept(sign: ",") || accept(sign: "*") || accept(sign: "**") { continue }
      var name: String?
      if case .name(let text)? = next, position + 1 < tokens.count, tokens[position + 1] == .sign("=") {
        name = text
        position += 2
      }
      let before = position
      let value = readExpression()
      if position == before { position += 1 }
      if result.count < 256 { result.append(TemplateArgument(name: name, value: value)) }
    }
    return result
  }

  private mutating func readPrimary() -> TemplateExpression {
    guard let token = next else { return .plain }
    switch token {
    case .name(let name):
      position += 1
      return ["true", "false", "none", "True", "False", "None"].contains(name) ? .plain : .name(name)
    case .string(var text):
      position += 1
      // Strings side by side are one.
      while case .string(let more)? = next {
        text += more
        position += 1
      }
      return .string(text)
    case .number:
      position += 1
      // `1.5`
      if next == .sign("."), position + 1 < tokens.count, case .number = tokens[position + 1] { position += 2 }
      return .plain
    case .sign("("): return readElements(until: ")")
    case .sign("["): return readElements(until: "]")
    case .sign("{"): return readElements(until: "}")
    case .sign: return .plain
    }
  }

  /// A display; a parenthesis with one element is that element.
  private mutating func readElements(until close: String) -> TemplateExpression {
    position += 1
    var elements: [TemplateExpression] = []
    var isTuple = close != ")"
    while !isAtEnd, !accept(sign: close) {
      if accept(sign: ",") {
        isTuple = true
        continue
      }
      let before = position
      let element = readExpression()
      if position == before { position += 1 }
      // Keys of a dictionary are no part of what it holds.
      if accept(sign: ":") { continue }
      if elements.count < 1_000 { elements.append(element) }
    }
    return !isTuple && elements.count == 1 ? elements[0] : .list(elements)
  }
}
