import MerlonBase

/// What CPython rejects although its grammar accepts it: the checks of `symtable.c`, `compile.c` and `future.c`.
///
/// Where versions differ, what any of 3.8 to 3.14 accepts is accepted. One linear pass over the records does the checks
/// that need no context and notes the rare nodes that do; then only statements are walked, and expressions only where
/// they hold such a node. Nothing here recurses over the tree.
enum SemanticErrors {
  /// Diagnostics of a tree that has no syntax errors, in source order.
  static func check(_ tree: Tree) -> [SyntaxDiagnostic] {
    var checker = SemanticChecker(tree: tree)
    checker.run()
    return checker.diagnostics.sorted { $0.range.start < $1.range.start }
  }
}

extension Tree {
  /// This tree with further diagnostics.
  func adding(_ more: [SyntaxDiagnostic]) -> Tree {
    if more.isEmpty { return self }
    return Tree(
      source: source, nodes: nodes, extra: extra, names: names, lineStarts: lineStarts, comments: comments,
      diagnostics: diagnostics + more, root: root)
  }
}

/// State of the checks of one file; the extensions in `Semantic*.swift` each hold one family.
struct SemanticChecker {
  let tree: Tree
  var diagnostics: [SyntaxDiagnostic] = []

  /// Names with a meaning here, none where the file does not use them.
  let debugName: NameID
  let futureName: NameID
  let starName: NameID
  /// Starts of `yield`, `await`, `:=` and asynchronous comprehensions, in source order.
  var contextual: [UInt32] = []
  /// `global` and `nonlocal` statements.
  var declarations: [NodeID] = []
  /// Starred expressions that have not been found in a place that allows them.
  var misplaced = Set<NodeID>()
  var matches: [NodeID] = []
  /// The parameters of the function that is being looked at; kept to be used again.
  private var parameters: [NodeID] = []
  /// `from __future__ import annotations` makes annotations scopes of their own.
  var postponesAnnotations = false
  /// A `global` or `nonlocal` statement stands outside functions and classes.
  var declaresInModule = false

  init(tree: Tree) {
    self.tree = tree
    var debug = NameID.none
    var future = NameID.none
    var star = NameID.none
    for (index, name) in tree.names.enumerated() {
      switch name.utf8.count {
      case 1 where name == "*": star = NameID(UInt32(index))
      case 9 where name == "__debug__": debug = NameID(UInt32(index))
      case 10 where name == "__future__": future = NameID(UInt32(index))
      default: continue
      }
    }
    debugName = debug
    futureName = future
    starName = star
  }

  mutating func run() {
    checkRecords()
    for id in misplaced {
      let isTarget = tree.context(id) == .store
      report(id, isTarget ? "starred target must be in a list or tuple" : "can't use starred expression here")
    }
    if !debugName.isNone { checkDebugStores() }
    if !futureName.isNone { checkFutureImports() }
    for match in matches { checkMatch(match) }
    contextual.sort()
    checkStatements()
    if !declarations.isEmpty { checkDeclarations() }
  }

  mutating func report(_ id: NodeID, _ message: String) {
    diagnostics.append(SyntaxDiagnostic(range: tree.range(id), message: message))
  }

  /// Whether a node that needs its context lies in the range.
  func hasContextual(_ range: TextRange) -> Bool { contextual.hasElement(in: range) }
}

extension SemanticChecker {
  /// The linear pass.
  private mutating func checkRecords() {
    let nodes = tree.nodes
    for index in nodes.indices {
      let node = nodes[index]
      let id = NodeID(UInt32(truncatingIfNeeded: index))
      // The parser adds what a node holds before the node itself.
      if !misplaced.isEmpty { place(starredIn: node) }
      switch node.kind {
      case .yield, .yieldFrom, .await, .namedExpr: contextual.append(node.start)
      case .comprehension where node.flag != 0: contextual.append(node.start)
      case .global, .nonlocal: declarations.append(id)
      case .starred: misplaced.insert(id)
      case .match: matches.append(id)
      case .classDef: checkTypeParameters(ListID(tree.slot(node, 5)))
      case .functionDef, .asyncFunctionDef: checkTypeParameters(ListID(tree.slot(node, 5)))
      case .typeAlias: checkTypeParameters(ListID(node.b))
      case .arguments: checkArguments(id)
      case .try, .tryStar: checkHandlers(ListID(tree.slot(node, 1)))
      default: continue
      }
    }
  }

  /// Reports elements of a list that have the same name (their first slot) as one before.
  private mutating func checkDistinct(_ list: NodeList, message: (String) -> String) {
    if list.count <= 8 {
      for (position, id) in list.enumerated() {
        let own = tree.nameID(id)
        guard !own.isNone else { continue }
        for other in list.prefix(position) where tree.nameID(other) == own {
          report(id, message(tree.text(own)))
          break
        }
      }
    } else {
      var seen = Set<NameID>()
      for id in list {
        let own = tree.nameID(id)
        if !own.isNone, !seen.insert(own).inserted { report(id, message(tree.text(own))) }
      }
    }
  }

  /// `def f(a, a)`.
  private mutating func checkArguments(_ id: NodeID) {
    let arguments = tree.arguments(id)
    parameters.removeAll(keepingCapacity: true)
    parameters.append(contentsOf: tree[arguments.positionalOnly])
    parameters.append(contentsOf: tree[arguments.positional])
    parameters.append(contentsOf: tree[arguments.keywordOnly])
    if !arguments.variadic.isNone { parameters.append(arguments.variadic) }
    if !arguments.keywordVariadic.isNone { parameters.append(arguments.keywordVariadic) }
    // Most functions have few parameters, for which comparing all pairs is quickest.
    if parameters.count > 16 {
      var seen = Set<NameID>()
      for id in parameters where !seen.insert(tree.nameID(id)).inserted { reportRepeatedParameter(id) }
    } else {
      for position in parameters.indices.dropFirst() {
        let name = tree.nameID(parameters[position])
        for other in 0..<position where tree.nameID(parameters[other]) == name {
          reportRepeatedParameter(parameters[position])
          break
        }
      }
    }
  }

  private mutating func reportRepeatedParameter(_ id: NodeID) {
    report(id, "duplicate parameter `\(tree.text(tree.nameID(id)))` in function definition")
  }

  /// `except:` must be the last handler.
  private mutating func checkHandlers(_ list: ListID) {
    for handler in tree[list].dropLast() where tree.exceptHandler(handler).type.isNone {
      report(handler, "default `except:` must be last")
    }
  }

  /// Type parameters have different names, and those with defaults stand last.
  private mutating func checkTypeParameters(_ list: ListID) {
    let parameters = tree[list]
    guard parameters.count > 1 else { return }
    checkDistinct(parameters) { "duplicate type parameter `\($0)`" }
    var sawDefault = false
    for id in parameters {
      let node = tree[id]
      let hasDefault = (node.kind == .typeVar ? node.c : node.b) != 0
      if sawDefault && !hasDefault {
        report(id, "type parameter `\(tree.text(NameID(node.a)))` without default follows one with a default")
      }
      sawDefault = sawDefault || hasDefault
    }
  }
}

extension SemanticChecker {
  /// `*x` is allowed as an element, an argument, a base and the annotation of `*args`; as a target only in a list or
  /// tuple.
  private mutating func place(starredIn node: Node) {
    switch node.kind {
    case .list, .tuple:
      let elements = tree[ListID(node.a)]
      misplaced.subtract(elements)
      if node.flag == ExpressionContext.store.rawValue { checkStarredTargets(elements) }
    case .set: misplaced.subtract(tree[ListID(node.a)])
    case .call: misplaced.subtract(tree[ListID(node.b)])
    case .classDef: misplaced.subtract(tree[ListID(tree.slot(node, 1))])
    case .arguments:
      let variadic = NodeID(tree.slot(node, 2))
      if !variadic.isNone { misplaced.remove(tree.arg(variadic).annotation) }
    case .typeVarTuple: misplaced.remove(NodeID(node.b))
    default: break
    }
  }

  private mutating func checkStarredTargets(_ elements: NodeList) {
    var sawStar = false
    for (position, id) in elements.enumerated() where tree.kind(id) == .starred {
      if sawStar { report(id, "multiple starred expressions in assignment") }
      // The compiler packs the number of targets before the star into one byte.
      if position > 255 { report(id, "too many expressions in star-unpacking assignment") }
      sawStar = true
    }
  }

  /// Nothing may be bound to `__debug__`.
  private mutating func checkDebugStores() {
    let debug = debugName.index
    // Augmented assignments to an attribute are accepted since 3.9.
    let augmented = Set(tree.nodes.lazy.filter { $0.kind == .augAssign }.map(\.a))
    for (index, node) in tree.nodes.enumerated() {
      let isStore: Bool
      switch node.kind {
      case .name: isStore = node.a == debug && node.flag == ExpressionContext.store.rawValue
      case .attribute:
        isStore =
          node.b == debug && node.flag == ExpressionContext.store.rawValue && !augmented.contains(UInt32(index))
      case .arg, .keyword, .matchStar, .typeVar, .paramSpec, .typeVarTuple: isStore = node.a == debug
      case .matchAs, .exceptHandler: isStore = node.b == debug
      case .matchMapping: isStore = node.c == debug
      case .matchClass: isStore = tree.names(ListID(tree.slot(node, 2))).contains(debugName)
      case .functionDef, .asyncFunctionDef, .classDef: isStore = tree.slot(node, 0) == debug
      case .alias: isStore = node.b == debug || (node.b == 0 && node.a == debug)
      default: isStore = false
      }
      if isStore { report(NodeID(UInt32(index)), "cannot assign to `__debug__`") }
    }
  }

  /// `from __future__` imports stand first and name features that exist.
  private mutating func checkFutureImports() {
    var allowed = Set<UInt32>()
    for (position, statement) in tree.elements(tree.root).enumerated() {
      let node = tree[statement]
      if isFutureImport(node) {
        allowed.insert(statement.index)
      } else if !(position == 0 && isDocstring(statement)) {
        break
      }
    }
    for index in tree.nodes.indices where isFutureImport(tree.nodes[index]) {
      let id = NodeID(UInt32(index))
      guard allowed.contains(id.index) else {
        report(id, "`from __future__` imports must occur at the beginning of the file")
        continue
      }
      for alias in tree[tree.importFrom(id).names] {
        let feature = tree.text(tree.alias(alias).name)
        if feature == "annotations" { postponesAnnotations = true }
        if !SemanticChecker.futureFeatures.contains(feature) {
          report(alias, feature == "braces" ? "not a chance" : "future feature `\(feature)` is not defined")
        }
      }
    }
  }

  private func isFutureImport(_ node: Node) -> Bool {
    node.kind == .importFrom && node.a == futureName.index && node.c == 0
  }

  private func isDocstring(_ id: NodeID) -> Bool {
    guard tree.kind(id) == .expr else { return false }
    let value = tree.value(id)
    return tree.kind(value) == .constant && tree.constantKind(value) == .string
  }

  /// `Lib/__future__.py`, `all_feature_names`.
  private static let futureFeatures: Set<String> = [
    "nested_scopes", "generators", "division", "absolute_import", "with_statement", "print_function",
    "unicode_literals", "barry_as_FLUFL", "generator_stop", "annotations",
  ]
}

extension [UInt32] {
  /// Whether a sorted list has an element in the range.
  func hasElement(in range: TextRange) -> Bool {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < range.start { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] < range.end
  }
}
