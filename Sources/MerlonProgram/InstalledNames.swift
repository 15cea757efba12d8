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
    guard let module = options.installed?.module(named: moduleName) else { return [] }
    var evaluator = Evaluator(self)
    var values = [Value(.module(module.id))]
    for part in attribute.split(separator: ".") {
      values = Evaluator.distinct(values.flatMap { evaluator.attribute(String(part), of: $0) })
    }
    return values.compactMap { describe($0) }
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
