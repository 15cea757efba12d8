import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython
import MerlonRegex

/// Looks for patterns on which the engine of `re` goes back too often, where they are compiled or applied.
struct AmbiguousPatternRule: CallRule {
  static let weakness = Weakness.ambiguousPattern
  static let concepts: [Concept] = [.patternCompile]

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard let argument = call["pattern"] else { return }
    let patterns = PatternSources(context: context).patterns(argument).filter { PatternReport.canRepeat($0.text) }
    guard !patterns.isEmpty else { return }
    let flags = PatternReport.flags(call["flags"], in: context)
    let uses = PatternUses(context: context).uses(of: call)
    for pattern in patterns { PatternReport.judge(pattern, flags: flags, uses: uses, in: context) }
  }
}

/// Looks for such patterns among the constraints of fields, where they are checked by `re`.
struct AmbiguousFieldPatternRule: CallRule {
  static let weakness = Weakness.ambiguousPattern
  static let concepts: [Concept] = [.field]

  func check(_ call: ModelledCall, in context: RuleContext) {
    var argument = call["backtrackingPattern"]
    if let pattern = call["pattern"], usesBacktrackingEngine(call.node, context) { argument = pattern }
    guard let argument else { return }
    for pattern in PatternSources(context: context).patterns(argument) where PatternReport.canRepeat(pattern.text) {
      PatternReport.judge(pattern, flags: [], uses: [.match], in: context)
    }
  }

  /// True inside a class with `model_config = ConfigDict(regex_engine="python-re")`, or that keyword in its head.
  private func usesBacktrackingEngine(_ node: NodeID, _ context: RuleContext) -> Bool {
    let tree = context.tree
    guard let owner = context.module.enclosingClass(of: node) else { return false }
    let definition = tree.classDef(owner)
    func isEngine(_ name: NodeID, _ value: NodeID) -> Bool {
      !name.isNone && tree.stringValue(name) == "regex_engine" && context.string(value) == "python-re"
    }
    let keywords = tree[definition.keywords].map(tree.keyword)
    if keywords.contains(where: {
      !$0.name.isNone && tree.text($0.name) == "regex_engine" && context.string($0.value) == "python-re"
    }) {
      return true
    }
    return tree[definition.body].contains { statement in
      let value: NodeID
      switch tree.kind(statement) {
      case .assign:
        guard let target = tree[tree.assign(statement).targets].first, context.isName(target, "model_config") else {
          return false
        }
        value = tree.assign(statement).value
      case .annAssign:
        guard context.isName(tree.annAssign(statement).target, "model_config") else { return false }
        value = tree.annAssign(statement).value
      default: return false
      }
      guard !value.isNone else { return false }
      if tree.kind(value) == .dict {
        let dict = tree.dict(value)
        return zip(tree[dict.keys], tree[dict.values]).contains { isEngine($0, $1) }
      }
      return context.string(context.keyword("regex_engine", of: value)) == "python-re"
    }
  }
}

/// How the result of a compilation is applied in its module.
private struct PatternUses {
  let context: RuleContext

  private var tree: Tree { context.tree }

  /// What the call itself does, else the methods that are called on its result, or on the name that it is given. Where
  /// nothing is seen, `match`: a pattern that is slow from the start of a text is slow in a search.
  func uses(of call: ModelledCall) -> [PatternUse] {
    if let use = PatternUse.allCases.first(where: { call.has(mark: Self.method($0)) }) { return [use] }
    let parent = context.module.parent(of: call.node)
    if tree.kind(parent) == .attribute, let use = Self.use(tree.text(tree.attribute(parent).name)) { return [use] }
    guard let name = assignedName(call.node) else { return [.match] }
    var uses: Set<PatternUse> = []
    tree.walk(tree.root) { node in
      if tree.kind(node) == .attribute {
        let attribute = tree.attribute(node)
        if let use = Self.use(tree.text(attribute.name)), context.spelledName(attribute.value) == name {
          uses.insert(use)
        }
      }
      return true
    }
    return uses.isEmpty ? [.match] : PatternUse.allCases.filter(uses.contains)
  }

  private func assignedName(_ node: NodeID) -> String? {
    let statement = context.module.enclosingStatement(of: node)
    switch tree.kind(statement) {
    case .assign where tree.assign(statement).value == node:
      return tree[tree.assign(statement).targets].first.flatMap(context.spelledName)
    case .annAssign where tree.annAssign(statement).value == node:
      return context.spelledName(tree.annAssign(statement).target)
    default: return nil
    }
  }

  private static func method(_ use: PatternUse) -> String {
    switch use {
    case .match: "match"
    case .fullMatch: "fullmatch"
    case .search: "search"
    }
  }

  private static func use(_ method: String) -> PatternUse? {
    switch method {
    case "match": .match
    case "fullmatch": .fullMatch
    case "search", "findall", "finditer", "sub", "subn", "split": .search
    default: nil
    }
  }
}

/// Says what was judged.
private enum PatternReport {
  /// False for patterns that no verdict but harmless can be given of: two loops, or one in a loop, take two quantifiers.
  static func canRepeat(_ text: String) -> Bool {
    var quantifiers = 0
    for byte in text.utf8 where [UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "{")].contains(byte) {
      quantifiers += 1
    }
    return quantifiers > 0
  }

  static func judge(
    _ pattern: PatternSources.Pattern, flags: PatternFlags, uses: [PatternUse], in context: RuleContext
  ) {
    let flags = pattern.isBytes ? flags.union(.ascii) : flags
    var cubic: (degree: Int, attack: PatternAttack)?
    for use in uses {
      switch PatternJudge.judge(pattern.text, flags: flags, use: use) {
      case .exponential(let attack):
        context.report(
          Weakness.ambiguousPattern, at: pattern.node,
          "`\(shown(attack.ambiguousPart))` can match a text in many ways, and each turn doubles them:"
            + " `\(example(attack, count: 30))` keeps the process busy for minutes or longer")
        return
      case .polynomial(let degree, let attack):
        if degree > cubic?.degree ?? 0 { cubic = (degree, attack) }
      case .harmless, .notJudged: continue
      }
    }
    guard let (degree, attack) = cubic else { return }
    context.report(
      Weakness.ambiguousPattern, at: pattern.node,
      "the loops `\(shown(attack.ambiguousPart))` share a text, and time grows with power \(degree) of its length:"
        + " `\(example(attack, count: 5_000))` keeps the process busy",
      confidence: .medium, severity: .low)
  }

  /// The flags that an argument names: `re.I | re.MULTILINE`.
  static func flags(_ argument: NodeID?, in context: RuleContext) -> PatternFlags {
    let tree = context.tree
    var flags: PatternFlags = []
    var pending = argument.map { [$0] } ?? []
    while let node = pending.popLast() {
      if tree.kind(node) == .binOp {
        pending += [tree.binOp(node).left, tree.binOp(node).right]
        continue
      }
      switch context.spelledName(node) {
      case "I", "IGNORECASE": flags.insert(.ignoreCase)
      case "M", "MULTILINE": flags.insert(.multiLine)
      case "S", "DOTALL": flags.insert(.dotAll)
      case "X", "VERBOSE": flags.insert(.verbose)
      case "A", "ASCII": flags.insert(.ascii)
      default: continue
      }
    }
    return flags
  }

  private static func shown(_ part: String) -> String {
    let part = printable(part)
    return part.unicodeScalars.count <= 80 ? part : String(part.unicodeScalars.prefix(80)) + "…"
  }

  /// The text of an attack as an expression of Python: `'id:' + 'a' * 30 + '!'`.
  private static func example(_ attack: PatternAttack, count: Int) -> String {
    var parts: [String] = []
    for segment in attack.segments {
      if !segment.lead.isEmpty { parts.append(quoted(segment.lead)) }
      parts.append("\(quoted(segment.pump)) * \(count)")
    }
    if !attack.suffix.isEmpty { parts.append(quoted(attack.suffix)) }
    return parts.joined(separator: " + ")
  }

  private static func quoted(_ text: String) -> String {
    "'" + printable(text.map { $0 == "'" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined()) + "'"
  }

  /// Control characters and backticks, which end the code in a message, as escapes.
  private static func printable(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "`": result += "\\x60"
      case "\0"..<" ", "\u{7F}": result += "\\x" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
