import MerlonPython

/// Everything that the scope builder finds out about one file, in flat arrays.
struct ScopeTable: Sendable {
  var scopes: ContiguousArray<Scope> = []
  var symbols: ContiguousArray<Symbol> = []
  var bindings: ContiguousArray<Binding> = []
  var attributeBindings: ContiguousArray<AttributeBinding> = []
  var starImports: [StarImport] = []
  /// `return` and `yield` nodes, each with the index of the one before it in the same scope.
  var results: ContiguousArray<(node: NodeID, previous: UInt32)> = []
  /// `import` and `from` statements in order.
  var imports: [NodeID] = []
  /// Parent of every node; 0 for the module and for nodes that are not part of the tree.
  var parents: ContiguousArray<UInt32> = []
  /// Scope in which every node is evaluated.
  var scopeOfNode: ContiguousArray<UInt32> = []
  /// Names that the tree's table lacks: mangled private names, first parts of dotted imports.
  var extraNames: [String] = []
  var index = SymbolIndex()

  /// The symbol of a name in a scope, as the scope itself spells it (mangled).
  func symbol(_ name: UInt32, in scope: ScopeID) -> SymbolID? {
    index.find(scope: scope.index, name: name).map { SymbolID($0) }
  }
}

/// An open-addressing table from (scope, name) to a symbol's index.
struct SymbolIndex: Sendable {
  private var keys: ContiguousArray<UInt64> = ContiguousArray(repeating: 0, count: 64)
  private var values: ContiguousArray<UInt32> = ContiguousArray(repeating: 0, count: 64)
  private var count = 0

  init() {}

  init(capacity: Int) {
    var size = 64
    while size < capacity * 2 { size *= 2 }
    keys = ContiguousArray(repeating: 0, count: size)
    values = ContiguousArray(repeating: 0, count: size)
  }

  private static func key(_ scope: UInt32, _ name: UInt32) -> UInt64 { (UInt64(scope) + 1) << 32 | UInt64(name) }

  private static func slot(_ key: UInt64, mask: Int) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
  }

  func find(scope: UInt32, name: UInt32) -> UInt32? {
    let key = Self.key(scope, name)
    let mask = keys.count - 1
    var slot = Self.slot(key, mask: mask)
    while true {
      let found = keys[slot]
      if found == key { return values[slot] }
      if found == 0 { return nil }
      slot = (slot + 1) & mask
    }
  }

  /// The value that the key has, or `value` after storing it.
  mutating func findOrInsert(scope: UInt32, name: UInt32, value: UInt32) -> UInt32 {
    if (count + 1) * 2 > keys.count { grow() }
    let key = Self.key(scope, name)
    let mask = keys.count - 1
    var slot = Self.slot(key, mask: mask)
    while true {
      let found = keys[slot]
      if found == key { return values[slot] }
      if found == 0 {
        keys[slot] = key
        values[slot] = value
        count += 1
        return value
      }
      slot = (slot + 1) & mask
    }
  }

  private mutating func grow() {
    let oldKeys = keys
    let oldValues = values
    keys = ContiguousArray(repeating: 0, count: oldKeys.count * 2)
    values = ContiguousArray(repeating: 0, count: oldKeys.count * 2)
    let mask = keys.count - 1
    for (position, key) in oldKeys.enumerated() where key != 0 {
      var slot = Self.slot(key, mask: mask)
      while keys[slot] != 0 { slot = (slot + 1) & mask }
      keys[slot] = key
      values[slot] = oldValues[position]
    }
  }
}
