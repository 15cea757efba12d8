extension ScopeTable {
  /// The symbol that a (mangled) name denotes when it is read in a scope: CPython's rules. Nil for builtins and
  /// names that are bound nowhere.
  func lookup(_ name: UInt32, from start: ScopeID) -> SymbolID? {
    var scope = start.index
    var seesClass = true
    while true {
      let record = scopes[Int(scope)]
      if scope == 0 { return moduleSymbol(name) }
      if record.kind != .class || seesClass, let found = index.find(scope: scope, name: name) {
        let symbol = symbols[Int(found)]
        if symbol.flags.contains(.declaredGlobal) { return moduleSymbol(name) }
        if symbol.isLocal { return SymbolID(found) }
      }
      // Scopes of types directly in a class see the class; those of functions and comprehensions do not.
      if !record.kind.isType { seesClass = false }
      scope = record.parent.index
    }
  }

  /// A symbol of the module that something binds.
  func moduleSymbol(_ name: UInt32) -> SymbolID? {
    guard let found = index.find(scope: 0, name: name) else { return nil }
    return symbols[Int(found)].firstBinding == Scope.end ? nil : SymbolID(found)
  }
}
