import MerlonBase
import MerlonPython

/// Where a package defines a name.
package struct InstalledDefinition: Sendable, Hashable {
  package enum Kind: String, Sendable { case module, function, `class`, variable }

  package var kind: Kind
  package var path: String
  /// Dotted name of the defining module.
  package var module: String
  /// Dotted name of the definition.
  package var qualifiedName: String
  /// Line of the definition, from 1; 0 for modules.
  package var line: Int
  /// Line of the first decorator; the same as `line` without any.
  package var firstLine: Int
  /// Method resolution order of a class, itself first, by dotted name.
  package var order: [String]
}

extension Program {
  /// Where the read packages define an attribute of one of their modules; several where the code chooses at run time,
  /// none when it is not known.
  package func installedDefinitions(of attribute: String, in moduleName: String) -> [InstalledDefinition] {
    guard let module = installedModule(named: moduleName) else { return [] }
    var evaluator = Evaluator(self)
    var values = [Value(.module(module.id))]
    for part in attribute.split(separator: ".") {
      values = Evaluator.distinct(values.flatMap { evaluator.attribute(String(part), of: $0) })
    }
    return values.compactMap { describe($0) }
  }

  /// The bases of a class by what the read packages say; for a re-export the name under which the class is defined, as
  /// if that were a base. Nil when no package has the class.
  func installedBases(_ name: String) -> [String]? {
    guard options.installed != nil else { return nil }
    let parts = name.split(separator: ".").map(String.init)
    guard parts.count > 1, installedModule(named: parts[0]) != nil else { return nil }
    for count in (1..<parts.count).reversed() {
      guard let module = installedModule(named: parts[..<count].joined(separator: ".")) else { continue }
      var evaluator = Evaluator(self)
      var values = [Value(.module(module.id))]
      for part in parts[count...] {
        values = Evaluator.distinct(values.flatMap { evaluator.attribute(part, of: $0) })
      }
      for value in values {
        guard case .classObject(let type) = value.kind, let definition = type.definition,
          let owner = self.module(definition.module)
        else { continue }
        if type.qualifiedName != name { return [type.qualifiedName] }
        return evaluator.directBases(of: definition, owner).map(\.name)
      }
      return nil
    }
    return nil
  }

  private func describe(_ value: Value) -> InstalledDefinition? {
    guard let definition = definition(of: value), let module = module(definition.module) else { return nil }
    let kind: InstalledDefinition.Kind
    switch value.kind {
    case .module: kind = .module
    case .function: kind = .function
    case .classObject: kind = .class
    default: kind = .variable
    }
    let tree = module.tree
    let line = tree.position(tree[definition.node].start).line
    let decorators: ListID
    switch tree.kind(definition.node) {
    case .functionDef, .asyncFunctionDef: decorators = tree.functionDef(definition.node).decorators
    case .classDef: decorators = tree.classDef(definition.node).decorators
    default: decorators = .empty
    }
    let first = tree[decorators].first.map { tree.position(tree[$0].start).line } ?? line
    return InstalledDefinition(
      kind: kind, path: module.path, module: module.name, qualifiedName: name(of: value) ?? "",
      line: kind == .module ? 0 : line, firstLine: kind == .module ? 0 : first,
      order: kind == .class ? classOrder(of: definition).map(\.qualifiedName) : [])
  }
}
