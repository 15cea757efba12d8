import MerlonPython
import Synchronization

/// A class in an order of classes: one whose statement is known, or a library's by name.
struct ClassReference: Sendable, Hashable {
  /// Canonical dotted name.
  var name: String
  var definition: Definition?
}

extension Evaluator {
  /// The class and its bases in method resolution order (C3); library classes of which no bases are known are leaves.
  mutating func order(of definition: Definition) -> [ClassReference] {
    guard let module = program.module(definition.module) else { return [] }
    let recorder = program.recorder
    if let known = module.cache.withLock({ $0.orders[definition.node.index] }) {
      recorder?.note(known.looks)
      return known.order
    }
    guard classesInProgress.count < Self.classLimit, classSteps < Self.stepLimit,
      classesInProgress.insert(definition).inserted
    else {
      cut()
      return []
    }
    classSteps += 1
    defer { classesInProgress.remove(definition) }
    let frame = recorder?.begin()
    let (order, isComplete) = uncut { $0.computeOrder(definition, module) }
    let looks = frame.flatMap { recorder?.end($0) } ?? []
    if isComplete { module.cache.withLock { $0.orders[definition.node.index] = (order, looks) } }
    return order
  }

  private mutating func computeOrder(_ definition: Definition, _ module: Module) -> [ClassReference] {
    let own = ClassReference(name: module.qualifiedName(ofScopeAt: definition.node), definition: definition)
    let bases = directBases(of: definition, module)
    if bases.count == 1, let base = bases.first { return [own] + order(of: base) }
    var lists = bases.map { order(of: $0) }
    lists.append(bases)
    return [own] + Self.merge(lists)
  }

  private mutating func order(of reference: ClassReference) -> [ClassReference] {
    if let definition = reference.definition { return [reference] + order(of: definition).dropFirst() }
    return libraryOrder(reference.name, depth: 0)
  }

  private func libraryOrder(_ name: String, depth: Int) -> [ClassReference] {
    let own = ClassReference(name: name)
    guard depth < 32, let bases = program.bases(ofLibraryClass: name), !bases.isEmpty else { return [own] }
    let references = bases.map { ClassReference(name: program.options.libraries.canonicalName($0)) }
    return [own] + Self.merge(references.map { libraryOrder($0.name, depth: depth + 1) } + [references])
  }

  /// The base classes as written, those that are not known left out.
  mutating func directBases(of definition: Definition, _ module: Module) -> [ClassReference] {
    var result: [ClassReference] = []
    for base in module.tree[module.tree.classDef(definition.node).bases] {
      // `Base[T]` derives from `Base`, whatever the subscript means elsewhere.
      let isGeneric = module.tree.kind(base) == .subscript
      let values = evaluate(isGeneric ? module.tree.subscript_(base).value : base, module)
      // Among alternatives of a package the one that is installed; in a project the first.
      let preferred = module.isInstalled ? values.filter(\.isDefined) + values : values
      for value in preferred {
        guard let reference = reference(value), reference.definition != definition else { continue }
        if !result.contains(reference) { result.append(reference) }
        break
      }
    }
    return result
  }

  private func reference(_ value: Value) -> ClassReference? {
    switch value.kind {
    case .classObject(let type): ClassReference(name: type.qualifiedName, definition: type.definition)
    case .library(let name): ClassReference(name: Builtins.normalizedType(name))
    default: nil
    }
  }

  /// The merge step of C3; where no consistent order exists, the first candidate is taken all the same.
  static func merge(_ input: [[ClassReference]]) -> [ClassReference] {
    var lists = input.map { Array($0.reversed()) }
    var result: [ClassReference] = []
    while true {
      lists.removeAll(where: \.isEmpty)
      guard !lists.isEmpty else { return result }
      var tails: Set<ClassReference> = []
      for list in lists { tails.formUnion(list.dropLast()) }
      let candidate = lists.lazy.compactMap(\.last).first { !tails.contains($0) } ?? lists[0][lists[0].count - 1]
      result.append(candidate)
      for index in lists.indices { lists[index].removeAll { $0 == candidate } }
    }
  }
}
