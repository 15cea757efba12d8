import MerlonPython

/// Walks one tree once and fills its `ScopeTable`: scopes, symbols, bindings, and the parent and scope of every node.
///
/// The walk keeps its own stack, so that long `elif` and operator chains cost no call depth; only targets and patterns
/// recurse, and the parser bounds their nesting.
struct ScopeBuilder {
  /// How a node on the stack is to be visited.
  enum Mode: UInt8 {
    case plain
    /// In an annotation that is never evaluated: names leave no symbols.
    case text
    /// Opens the scope of type parameters of a definition that was visited before.
    case typeParameters
    /// Opens the own scope of a definition, lambda or comprehension that was visited before.
    case body
  }

  struct Work {
    var node: NodeID
    var scope: UInt32
    var mode: Mode
  }

  /// What a name looks like, found once for each name of the tree.
  enum NameTrait: UInt8 { case ordinary, privateName, mutator, superName }

  let tree: Tree
  var table = ScopeTable()
  var stack: ContiguousArray<Work> = []
  var traits: ContiguousArray<NameTrait>
  var hasTextAnnotations = false
  private var nameIndex: [String: UInt32] = [:]
  private var mangled: [UInt64: UInt32] = [:]
  private var pendingNonlocals: [(name: UInt32, scope: UInt32, binding: UInt32)] = []

  static func build(_ tree: Tree) -> ScopeTable {
    var builder = ScopeBuilder(tree)
    builder.run()
    return builder.table
  }

  private init(_ tree: Tree) {
    self.tree = tree
    traits = ContiguousArray(tree.names.map(Self.trait))
    let count = max(tree.nodes.count, 1)
    table.parents = ContiguousArray(repeating: 0, count: count)
    table.scopeOfNode = ContiguousArray(repeating: 0, count: count)
    table.index = SymbolIndex(capacity: tree.names.count)
  }

  private mutating func run() {
    table.scopes.append(
      Scope(kind: .module, node: tree.root, parent: .module, depth: 0, privateClass: nil, isInsideText: false))
    if tree.kind(tree.root) == .module {
      pushList(ListID(tree[tree.root].a), tree.root, 0)
    }
    stack.reverse()
    while let work = stack.popLast() {
      let mark = stack.count
      visit(work)
      // Children were pushed in source order; the first has to come off first.
      if stack.count - mark > 1 { stack[mark...].reverse() }
    }
    finish()
  }

  // MARK: Pushing

  mutating func push(_ child: NodeID, _ parent: NodeID, _ scope: UInt32, _ mode: Mode = .plain) {
    guard place(child, parent, scope) else { return }
    stack.append(Work(node: child, scope: scope, mode: mode))
  }

  mutating func pushList(_ list: ListID, _ parent: NodeID, _ scope: UInt32, _ mode: Mode = .plain) {
    for child in tree[list] { push(child, parent, scope, mode) }
  }

  /// Notes parent and scope of a node; false when there is no such node.
  @discardableResult
  mutating func place(_ child: NodeID, _ parent: NodeID, _ scope: UInt32) -> Bool {
    let index = Int(child.index)
    guard index > 0, index < table.parents.count else { return false }
    table.parents[index] = parent.index
    table.scopeOfNode[index] = scope
    return true
  }

  /// Leaves a note to come back to a node that has been placed already.
  mutating func later(_ node: NodeID, _ scope: UInt32, _ mode: Mode) {
    stack.append(Work(node: node, scope: scope, mode: mode))
  }

  // MARK: Scopes and symbols

  mutating func openScope(_ kind: ScopeKind, _ node: NodeID, in parent: UInt32, isText: Bool) -> UInt32 {
    let id = UInt32(table.scopes.count)
    let outer = table.scopes[Int(parent)]
    // Names in the type parameters and bases of a generic class are mangled with its name too.
    let isNamedByClass = kind == .class || kind == .typeParameters && tree.kind(node) == .classDef
    table.scopes.append(
      Scope(
        kind: kind, node: node, parent: ScopeID(parent), depth: outer.depth + 1,
        privateClass: isNamedByClass ? ScopeID(id) : outer.privateClass,
        isInsideText: isText || outer.isInsideText))
    return id
  }

  /// The symbol of a name in a scope, made when it is new. The name must be mangled already.
  mutating func symbol(_ name: UInt32, _ scope: UInt32, _ flags: SymbolFlags) -> UInt32 {
    let next = UInt32(table.symbols.count)
    let found = table.index.findOrInsert(scope: scope, name: name, value: next)
    if found == next {
      table.symbols.append(Symbol(nameIndex: name, scope: ScopeID(scope), flags: flags))
      let last = table.scopes[Int(scope)].lastSymbol
      if last == Scope.end {
        table.scopes[Int(scope)].firstSymbol = next
      } else {
        table.symbols[Int(last)].nextInScope = next
      }
      table.scopes[Int(scope)].lastSymbol = next
    } else {
      table.symbols[Int(found)].flags.formUnion(flags)
    }
    return found
  }

  mutating func use(_ name: NameID, _ scope: UInt32, _ flags: SymbolFlags = .referenced) {
    guard !name.isNone else { return }
    _ = symbol(mangle(name.index, scope), scope, flags)
  }

  /// Binds a name in a scope, or where `global` and `nonlocal` send it.
  mutating func bind(_ name: UInt32, _ scope: UInt32, flags: SymbolFlags, _ binding: Binding) {
    guard name != 0 else { return }
    let name = mangle(name, scope)
    let owner = symbol(name, scope, flags)
    let declared = table.symbols[Int(owner)].flags
    if declared.contains(.declaredGlobal), scope != 0 {
      attach(binding, to: symbol(name, 0, []))
    } else if declared.contains(.declaredNonlocal) {
      table.bindings.append(binding)
      pendingNonlocals.append((name, scope, UInt32(table.bindings.count - 1)))
    } else {
      attach(binding, to: owner)
    }
  }

  private mutating func attach(_ binding: Binding, to symbol: UInt32) {
    table.bindings.append(binding)
    link(UInt32(table.bindings.count - 1), to: symbol)
  }

  private mutating func link(_ binding: UInt32, to symbol: UInt32) {
    let last = table.symbols[Int(symbol)].lastBinding
    if last == Scope.end {
      table.symbols[Int(symbol)].firstBinding = binding
    } else {
      table.bindings[Int(last)].next = binding
    }
    table.symbols[Int(symbol)].lastBinding = binding
    table.symbols[Int(symbol)].bindingCount += 1
  }

  /// Resolves what needed all scopes to be known: targets of `nonlocal`, and in-place changes of outer names.
  private mutating func finish() {
    for pending in pendingNonlocals {
      if let owner = ownerOfNonlocal(pending.name, from: pending.scope) { link(pending.binding, to: owner) }
    }
    for index in table.symbols.indices where table.symbols[index].flags.contains(.mutated) {
      let symbol = table.symbols[index]
      guard !symbol.isLocal, let owner = table.lookup(symbol.nameIndex, from: symbol.scope) else { continue }
      table.symbols[Int(owner.index)].flags.formUnion(.mutated)
    }
  }

  private func ownerOfNonlocal(_ name: UInt32, from scope: UInt32) -> UInt32? {
    var scope = scope
    while scope != 0 {
      scope = table.scopes[Int(scope)].parent.index
      let kind = table.scopes[Int(scope)].kind
      guard kind.isFunctionLike, let found = table.index.find(scope: scope, name: name) else { continue }
      if table.symbols[Int(found)].isLocal { return found }
    }
    return nil
  }

  // MARK: Names

  private static func trait(_ name: String) -> NameTrait {
    let text = name.utf8
    switch text.first {
    case UInt8(ascii: "_"):
      guard name.hasPrefix("__"), !name.hasSuffix("__"), !text.contains(UInt8(ascii: ".")) else { return .ordinary }
      return .privateName
    case UInt8(ascii: "s"):
      if name == "super" { return .superName }
      return name == "sort" || name == "setdefault" || name == "symmetric_difference_update" ? .mutator : .ordinary
    case UInt8(ascii: "a"): return name == "append" || name == "add" || name == "appendleft" ? .mutator : .ordinary
    case UInt8(ascii: "u"): return name == "update" ? .mutator : .ordinary
    case UInt8(ascii: "e"): return name == "extend" || name == "extendleft" ? .mutator : .ordinary
    case UInt8(ascii: "p"): return name == "pop" || name == "popitem" || name == "popleft" ? .mutator : .ordinary
    case UInt8(ascii: "i"): return name == "insert" || name == "intersection_update" ? .mutator : .ordinary
    case UInt8(ascii: "r"): return name == "remove" || name == "reverse" ? .mutator : .ordinary
    case UInt8(ascii: "c"): return name == "clear" ? .mutator : .ordinary
    case UInt8(ascii: "d"): return name == "discard" || name == "difference_update" ? .mutator : .ordinary
    default: return .ordinary
    }
  }

  func trait(_ name: NameID) -> NameTrait {
    let index = Int(name.index)
    return index < traits.count ? traits[index] : .ordinary
  }

  func text(_ name: UInt32) -> String {
    let index = Int(name)
    if index < tree.names.count { return tree.names[index] }
    let extra = index - tree.names.count
    return extra < table.extraNames.count ? table.extraNames[extra] : ""
  }

  /// The index of a text in the tree's names or, when it is not there, in the extra ones.
  mutating func intern(_ text: String) -> UInt32 {
    if nameIndex.isEmpty {
      nameIndex.reserveCapacity(tree.names.count)
      for (index, name) in tree.names.enumerated() where nameIndex[name] == nil { nameIndex[name] = UInt32(index) }
    }
    if let found = nameIndex[text] { return found }
    let index = UInt32(tree.names.count + table.extraNames.count)
    table.extraNames.append(text)
    nameIndex[text] = index
    return index
  }

  /// A name as it is spelled at run time: `__x` inside `class C` is `_C__x`.
  mutating func mangle(_ name: UInt32, _ scope: UInt32) -> UInt32 {
    guard Int(name) < traits.count, traits[Int(name)] == .privateName,
      let owner = table.scopes[Int(scope)].privateClass
    else { return name }
    let key = UInt64(owner.index) << 32 | UInt64(name)
    if let known = mangled[key] { return known }
    let className = tree.text(tree.classDef(table.scopes[Int(owner.index)].node).name)
    let result = PrivateName.mangle(text(name), className: className).map { intern($0) } ?? name
    mangled[key] = result
    return result
  }
}

/// The mangling of private names.
enum PrivateName {
  /// `_C__x` for `__x` in class `C`; nil for names that are not private and classes of underscores only.
  static func mangle(_ name: String, className: String) -> String? {
    guard name.hasPrefix("__"), !name.hasSuffix("__"), !name.utf8.contains(UInt8(ascii: ".")) else { return nil }
    let stripped = className.drop { $0 == "_" }
    return stripped.isEmpty ? nil : "_\(stripped)\(name)"
  }
}
