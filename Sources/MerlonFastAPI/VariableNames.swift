/// Names of the module-level variables that hold objects, as `module:name`.
struct VariableNames {
  private var names: [ObjectIdentifier: String] = [:]

  /// Of several names the shortest counts: most often that of the defining module, not of one that imports it.
  mutating func add(_ module: ModuleObject) {
    for (name, value) in module.frame.names where !name.hasPrefix("__") {
      guard case .instance(let instance) = value else { continue }
      let label = module.name + ":" + name
      if let known = names[ObjectIdentifier(instance)] {
        let isShorter = (label.utf8.count, label) < (known.utf8.count, known)
        guard isShorter else { continue }
      }
      names[ObjectIdentifier(instance)] = label
    }
  }

  func name(of value: PythonValue) -> String? {
    guard case .instance(let instance) = value else { return nil }
    return names[ObjectIdentifier(instance)]
  }
}
