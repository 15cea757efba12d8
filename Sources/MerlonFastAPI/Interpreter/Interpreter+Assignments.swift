import MerlonProgram
import MerlonPython

extension Interpreter {
  func site(_ node: NodeID, _ frame: Frame) -> Site? { frame.module?.module.map { Site(module: $0, node: node) } }

  /// Binds a target: a name, an attribute, an element, or several of them to the parts of a value.
  func assign(_ target: NodeID, _ value: PythonValue, in frame: Frame) {
    let tree = frame.tree
    let node = tree[target]
    switch node.kind {
    case .name: bind(tree.text(NameID(node.a)), value, in: frame)
    case .attribute:
      let parts = tree.attribute(target)
      let object = evaluate(parts.value, in: frame)
      setAttribute(tree.text(parts.name), of: object, to: value)
    case .subscript:
      let parts = tree.subscript_(target)
      let object = evaluate(parts.value, in: frame)
      setItem(of: object, evaluate(parts.slice, in: frame), to: value)
    case .tuple, .list: unpack(tree.elements(target), value, in: frame)
    case .starred: assign(NodeID(node.a), value, in: frame)
    default: break
    }
  }

  private func unpack(_ targets: NodeList, _ value: PythonValue, in frame: Frame) {
    let tree = frame.tree
    let place = targets.first.flatMap { site($0, frame) }
    let (elements, isOpen) = iterate(value, site: place)
    let starred = targets.firstIndex { tree.kind($0) == .starred }
    guard !isOpen, elements.count == targets.count || (starred != nil && elements.count >= targets.count - 1) else {
      for (position, target) in targets.enumerated() {
        if position < elements.count, starred == nil {
          assign(target, elements[position], in: frame)
        } else if tree.kind(target) == .starred {
          assign(target, .list(ListObject([], isOpen: true)), in: frame)
        } else {
          assign(target, unknown(target, frame), in: frame)
        }
      }
      return
    }
    guard let starred else {
      for (target, element) in zip(targets, elements) { assign(target, element, in: frame) }
      return
    }
    let before = starred - targets.startIndex
    let after = targets.count - before - 1
    for (position, target) in targets.enumerated() {
      if position < before {
        assign(target, elements[position], in: frame)
      } else if position == before {
        assign(target, .list(ListObject(Array(elements[before..<(elements.count - after)]))), in: frame)
      } else {
        assign(target, elements[elements.count - (targets.count - position)], in: frame)
      }
    }
  }

  func annotatedAssignment(_ statement: NodeID, in frame: Frame) {
    let tree = frame.tree
    let parts = tree.annAssign(statement)
    if let type = frame.classObject, tree.kind(parts.target) == .name {
      let name = tree.text(tree.nameID(parts.target))
      if !type.annotations.contains(where: { $0.name == name }) {
        type.annotations.append(ClassAnnotation(name: name, annotation: parts.annotation))
      }
    }
    guard !parts.value.isNone else { return }
    var value = evaluate(parts.value, in: frame)
    if case .unknown(let object) = value, object.type == nil, !object.isTemplate {
      value = typed(object, by: parts.annotation, in: frame)
    }
    guard raised == nil, !isStopping else { return }
    assign(parts.target, value, in: frame)
  }

  /// An unknown value with the type that an annotation gives it.
  func typed(_ object: UnknownObject, by annotation: NodeID, in frame: Frame) -> PythonValue {
    guard let type = instanceType(evaluateAnnotation(annotation, in: frame)) else { return .unknown(object) }
    if let site = object.site { return .unknown(UnknownObject(site: site, type: type)) }
    return .unknown(UnknownObject(text: object.text, type: type))
  }

  func augmentedAssignment(_ statement: NodeID, in frame: Frame) {
    let tree = frame.tree
    let parts = tree.augAssign(statement)
    let old: PythonValue
    if tree.kind(parts.target) == .name {
      old = lookup(tree.text(tree.nameID(parts.target)), in: frame) ?? unknown(parts.target, frame)
    } else {
      old = evaluate(parts.target, in: frame)
    }
    let value = evaluate(parts.value, in: frame)
    guard raised == nil, !isStopping else { return }
    // Lists, sets and dictionaries change in place, so that all who hold them see it.
    switch (old, parts.op) {
    case (.list(let list), .add):
      let (elements, isOpen) = iterate(value, site: site(parts.value, frame))
      extend(list, elements, isOpen: isOpen)
      assign(parts.target, old, in: frame)
    case (.set(let set), .bitOr):
      let (elements, isOpen) = iterate(value, site: site(parts.value, frame))
      for element in elements { insert(element, into: set) }
      if isOpen { set.isOpen = true }
      assign(parts.target, old, in: frame)
    case (.dictionary(let dictionary), .bitOr):
      update(dictionary, with: value)
      assign(parts.target, old, in: frame)
    default:
      assign(parts.target, binary(parts.op, old, value, site: site(statement, frame)), in: frame)
    }
  }

  func delete(_ target: NodeID, in frame: Frame) {
    let tree = frame.tree
    switch tree.kind(target) {
    case .name: unbind(tree.text(tree.nameID(target)), in: frame)
    case .attribute:
      let parts = tree.attribute(target)
      deleteAttribute(tree.text(parts.name), of: evaluate(parts.value, in: frame))
    case .subscript:
      let parts = tree.subscript_(target)
      deleteItem(of: evaluate(parts.value, in: frame), evaluate(parts.slice, in: frame))
    case .tuple, .list: for element in tree.elements(target) { delete(element, in: frame) }
    default: break
    }
  }

  func typeAliasStatement(_ statement: NodeID, in frame: Frame) {
    let tree = frame.tree
    let parts = tree.typeAlias(statement)
    guard tree.kind(parts.name) == .name else { return }
    let name = tree.text(tree.nameID(parts.name))
    let scope = Frame(enclosing: frame, module: frame.module, kind: .function)
    let parameters = bindTypeParameters(parts.typeParameters, in: scope)
    keptFrames.append(scope)
    let alias = TypeParameterObject(name: name, kind: .alias, parameters: parameters) { [weak self, weak scope] in
      guard let self, let scope else { return nil }
      return self.evaluateAnnotation(parts.value, in: scope)
    }
    bind(name, .typeParameter(alias), in: frame)
  }

  /// Binds the type parameters of PEP 695 in a scope of their own.
  func bindTypeParameters(_ list: ListID, in scope: Frame) -> [PythonValue] {
    let tree = scope.tree
    return tree[list].map { node in
      let record = tree[node]
      let name = tree.text(NameID(record.a))
      let kind: TypeParameterObject.Kind
      switch record.kind {
      case .paramSpec: kind = .parameterSpecification
      case .typeVarTuple: kind = .typeVariableTuple
      default: kind = .typeVariable
      }
      let bound = record.kind == .typeVar ? NodeID(record.b) : .none
      let parameter = PythonValue.typeParameter(
        TypeParameterObject(name: name, kind: kind) { [weak self, weak scope] in
          guard let self, let scope, !bound.isNone else { return nil }
          return self.evaluateAnnotation(bound, in: scope)
        })
      scope.names[name] = parameter
      return parameter
    }
  }

  // MARK: Narrowing

  /// Takes from the names that a condition looks at the alternatives that it rules out.
  func narrow(_ test: NodeID, isTrue: Bool, in frame: Frame) {
    let tree = frame.tree
    switch tree.kind(test) {
    case .name:
      filter(test, in: frame) { value in self.truth(value).map { $0 == isTrue } ?? true }
    case .unaryOp where tree.unaryOp(test).op == .not:
      narrow(tree.unaryOp(test).operand, isTrue: !isTrue, in: frame)
    case .boolOp:
      let parts = tree.boolOp(test)
      guard (parts.op == .and) == isTrue else { return }
      for value in tree[parts.values] { narrow(value, isTrue: isTrue, in: frame) }
    case .compare:
      let parts = tree.compare(test)
      let operators = tree.comparisonOperators(parts)
      guard operators.count == 1, let op = operators.first, let right = tree[parts.comparators].first,
        tree.kind(right) == .constant, tree.constantKind(right) == .none
      else { return }
      let wantsNone: Bool
      switch op {
      case .is, .equal: wantsNone = isTrue
      case .isNot, .notEqual: wantsNone = !isTrue
      default: return
      }
      filter(parts.left, in: frame) { value in
        if case .none = value { return wantsNone }
        if case .unknown = value { return true }
        return !wantsNone
      }
    case .call:
      let parts = tree.call(test)
      let arguments = tree[parts.arguments]
      guard tree.kind(parts.function) == .name, tree.text(tree.nameID(parts.function)) == "isinstance",
        arguments.count == 2, let first = arguments.first, let last = arguments.last
      else { return }
      let type = evaluate(last, in: frame)
      filter(first, in: frame) { value in self.isInstance(value, of: type).map { $0 == isTrue } ?? true }
    default: break
    }
  }

  private func filter(_ expression: NodeID, in frame: Frame, _ keeps: (PythonValue) -> Bool) {
    guard frame.tree.kind(expression) == .name else { return }
    let name = frame.tree.text(frame.tree.nameID(expression))
    guard case .either(let values)? = frame.names[name] else { return }
    let kept = values.filter(keeps)
    guard !kept.isEmpty, kept.count < values.count else { return }
    note(name, of: frame)
    frame.names[name] = PythonValue.join(kept)
  }
}
