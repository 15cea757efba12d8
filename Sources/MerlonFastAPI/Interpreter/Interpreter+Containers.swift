import MerlonProgram
import MerlonPython

extension Interpreter {
  // MARK: Elements

  /// `object[slice]`, as a value or as a type.
  func item(of object: PythonValue, slice: NodeID, expression: NodeID, in frame: Frame) -> PythonValue {
    let tree = frame.tree
    if case .either(let choices) = object, tree.kind(slice) != .slice {
      let key = evaluate(slice, in: frame)
      return PythonValue.join(choices.map { item(of: $0, key: key, site: site(expression, frame)) })
    }
    if tree.kind(slice) == .slice { return sliced(object, slice, expression, in: frame) }
    let key = evaluate(slice, in: frame)
    return item(of: object, key: key, site: site(expression, frame))
  }

  func item(of object: PythonValue, key: PythonValue, site: Site?) -> PythonValue {
    switch object {
    case .list(let list): return element(list.elements, key, isOpen: list.isOpen, site)
    case .tuple(let elements): return element(elements, key, isOpen: false, site)
    case .string(let text):
      guard let index = key.integer else { return unknown(site) }
      let characters = Array(text.unicodeScalars)
      let position = index < 0 ? characters.count + index : index
      return characters.indices.contains(position) ? .string(String(Character(characters[position]))) : unknown(site)
    case .dictionary(let dictionary):
      if let value = value(for: key, in: dictionary) { return value }
      if let factory = dictionary.factory {
        let made = call(factory, CallArguments(), at: site)
        set(key, made, in: dictionary)
        return made
      }
      if !dictionary.isOpen, !key.isUnknown {
        raiseIfCaught("KeyError")
        return unknown(site)
      }
      // The key is not known: it may be any entry.
      if key.isUnknown, !dictionary.entries.isEmpty, dictionary.entries.count <= 4, !dictionary.isOpen {
        return PythonValue.join(dictionary.entries.map(\.value))
      }
      return unknown(site)
    case .classObject(let type):
      if isEnum(object), let name = key.text, let member = type.namespace[name] { return member }
      if let hook = find("__class_getitem__", in: type), case .function(let function) = hook.value,
        function.module.module?.isInstalled != true
      {
        let result = callFunction(function, CallArguments(positional: [object, key]), at: site)
        if case .unknown = result {} else { return result }
      }
      return subscripted(object, key)
    case .generic: return subscripted(object, key)
    case .typeParameter: return subscripted(object, key)
    case .library(let name):
      if name == "os.environ" {
        return unknown(site, "os.environ[\(PythonText.representation(of: key))]", type: builtins.type("str"))
      }
      return subscripted(object, key)
    case .native(let function):
      if function.name.hasPrefix("typing.") || function.name.hasPrefix("collections.") {
        return subscripted(.library(function.name), key)
      }
      return unknown(site)
    case .instance(let held):
      if let storage = held.attributes[Self.storageKey] { return item(of: storage, key: key, site: site) }
      if let result = callMethod("__getitem__", of: object, [key]) { return result }
      if held.type.isLibrary("builtins.globals"), let name = key.text,
        case .module(let module)? = held.attributes["module"]
      {
        return module.frame.names[name] ?? unknown(site)
      }
      return unknown(site)
    case .unknown(let held):
      if TypeName.last(held.text).first?.isUppercase == true { return subscripted(object, key) }
      return unknown(site)
    default: return unknown(site)
    }
  }

  private func element(_ elements: [PythonValue], _ key: PythonValue, isOpen: Bool, _ site: Site?) -> PythonValue {
    guard let index = key.integer else {
      guard !elements.isEmpty, elements.count <= 4, !isOpen else { return unknown(site) }
      return PythonValue.join(elements)
    }
    let position = index < 0 ? elements.count + index : index
    if elements.indices.contains(position), !(isOpen && index < 0) { return elements[position] }
    if !isOpen { raiseIfCaught("IndexError") }
    return unknown(site)
  }

  private func subscripted(_ origin: PythonValue, _ key: PythonValue) -> PythonValue {
    let arguments: [PythonValue]
    if case .tuple(let elements) = key { arguments = elements } else { arguments = [key] }
    return .generic(GenericObject(origin: origin, arguments: arguments))
  }

  private func sliced(_ object: PythonValue, _ slice: NodeID, _ expression: NodeID, in frame: Frame) -> PythonValue {
    let parts = frame.tree.slice(slice)
    func bound(_ node: NodeID) -> Int?? {
      node.isNone ? .some(nil) : evaluate(node, in: frame).integer.map { .some($0) }
    }
    guard let lower = bound(parts.lower), let upper = bound(parts.upper), let step = bound(parts.step) else {
      return unknown(expression, frame)
    }
    func range(_ count: Int) -> [Int] {
      let stride = step ?? 1
      guard stride != 0 else { return [] }
      func clamp(_ value: Int) -> Int { min(max(value < 0 ? count + value : value, 0), count) }
      if stride > 0 {
        let from = lower.map(clamp) ?? 0
        let to = upper.map(clamp) ?? count
        return from < to ? Array(Swift.stride(from: from, to: to, by: stride)) : []
      }
      let from = min(lower.map { $0 < 0 ? count + $0 : $0 } ?? count - 1, count - 1)
      let to = upper.map { $0 < 0 ? count + $0 : $0 } ?? -1
      return from > to ? Array(Swift.stride(from: from, to: to, by: stride)) : []
    }
    switch object {
    case .list(let list):
      return .list(ListObject(range(list.elements.count).map { list.elements[$0] }, isOpen: list.isOpen))
    case .tuple(let elements): return .tuple(range(elements.count).map { elements[$0] })
    case .string(let text):
      let scalars = Array(text.unicodeScalars)
      var result = String.UnicodeScalarView()
      for index in range(scalars.count) { result.append(scalars[index]) }
      return .string(String(result))
    default:
      if let held = storage(of: object) { return sliced(held, slice, expression, in: frame) }
      return unknown(expression, frame)
    }
  }

  func setItem(of object: PythonValue, _ key: PythonValue, to value: PythonValue) {
    switch object {
    case .dictionary(let dictionary): set(key, value, in: dictionary)
    case .list(let list):
      guard let index = key.integer else {
        list.isOpen = true
        return
      }
      let position = index < 0 ? list.elements.count + index : index
      if list.elements.indices.contains(position) { list.elements[position] = value }
    case .instance(let held):
      if callMethod("__setitem__", of: object, [key, value]) != nil { return }
      if let storage = held.attributes[Self.storageKey] { return setItem(of: storage, key, to: value) }
      if held.type.isLibrary("builtins.globals"), let name = key.text,
        case .module(let module)? = held.attributes["module"]
      {
        module.frame.names[name] = value
      }
    case .either(let choices): for choice in choices { setItem(of: choice, key, to: value) }
    default: break
    }
  }

  func deleteItem(of object: PythonValue, _ key: PythonValue) {
    switch object {
    case .dictionary(let dictionary): dictionary.entries.removeAll { equal($0.key, key) == true }
    case .list(let list):
      guard let index = key.integer else { return }
      let position = index < 0 ? list.elements.count + index : index
      if list.elements.indices.contains(position) { list.elements.remove(at: position) }
    case .instance:
      if let storage = storage(of: object) { deleteItem(of: storage, key) }
    default: break
    }
  }

  // MARK: Changing

  func insert(_ element: PythonValue, into set: ListObject) {
    if !set.elements.contains(where: { $0.isSame(as: element) || equal($0, element) == true }) {
      set.elements.append(element)
    }
  }

  func extend(_ list: ListObject, _ elements: [PythonValue], isOpen: Bool) {
    list.elements += elements.prefix(max(0, 100_000 - list.elements.count))
    if isOpen { list.isOpen = true }
  }

  func set(_ key: PythonValue, _ value: PythonValue, in dictionary: DictionaryObject) {
    if let text = key.text {
      if let index = dictionary.index(of: text) {
        dictionary.entries[index].value = value
        return
      }
      dictionary.entries.append((key, value))
      return
    }
    if let index = dictionary.entries.firstIndex(where: { $0.key.isSame(as: key) || equal($0.key, key) == true }) {
      dictionary.entries[index].value = value
    } else {
      dictionary.entries.append((key, value))
    }
  }

  func value(for key: PythonValue, in dictionary: DictionaryObject) -> PythonValue? {
    if let text = key.text, let index = dictionary.index(of: text) { return dictionary.entries[index].value }
    return dictionary.entries.first { $0.key.isSame(as: key) || equal($0.key, key) == true }?.value
  }

  func update(_ dictionary: DictionaryObject, with value: PythonValue) {
    switch value {
    case .dictionary(let other):
      for entry in other.entries { set(entry.key, entry.value, in: dictionary) }
      if other.isOpen { dictionary.isOpen = true }
    case .list, .tuple:
      let (pairs, isOpen) = iterate(value, site: nil)
      for pair in pairs {
        let parts = iterate(pair, site: nil).elements
        if parts.count == 2 { set(parts[0], parts[1], in: dictionary) }
      }
      if isOpen { dictionary.isOpen = true }
    default:
      if let storage = storage(of: value) { update(dictionary, with: storage) } else { dictionary.isOpen = true }
    }
  }

  // MARK: Iteration

  /// What a `for` loop goes through; open when more may come than is known.
  func iterate(_ value: PythonValue, site: Site?) -> (elements: [PythonValue], isOpen: Bool) {
    switch value {
    case .list(let list), .set(let list): return (list.elements, list.isOpen)
    case .tuple(let elements): return (elements, false)
    case .dictionary(let dictionary): return (dictionary.entries.map(\.key), dictionary.isOpen)
    case .string(let text): return (text.unicodeScalars.prefix(10_000).map { .string(String(Character($0))) }, false)
    case .bytes(let bytes): return (bytes.prefix(10_000).map { .integer(Int($0)) }, false)
    case .classObject(let type) where isEnum(value): return (enumMembers(type).map { .instance($0) }, false)
    case .instance(let object):
      if let storage = object.attributes[Self.storageKey] { return iterate(storage, site: site) }
      guard case .classObject(let type) = object.type, find("__iter__", in: type) != nil,
        let result = callMethod("__iter__", of: value, [])
      else {
        if case .classObject(let type) = object.type, type.order.contains(where: { $0.isLibrary("typing.NamedTuple") })
        {
          return (object.attributeOrder.compactMap { object.attributes[$0] }, false)
        }
        return ([], true)
      }
      if case .instance(let other) = result, other === object { return ([], true) }
      return iterate(result, site: site)
    case .either(let choices):
      var elements: [PythonValue] = []
      var isOpen = true
      for choice in choices {
        let part = iterate(choice, site: site)
        elements += part.elements
        isOpen = isOpen && part.isOpen
      }
      return (elements, isOpen)
    case .none, .bool, .integer, .double: return ([], false)
    default: return ([], true)
    }
  }

  /// An element that is not known.
  func unknownElement(of iterable: PythonValue, site: Site?) -> PythonValue {
    if case .unknown(let object) = iterable, case .generic(let generic)? = object.type, generic.arguments.count == 1 {
      return unknown(site, type: generic.arguments.first.flatMap { instanceType($0) })
    }
    return unknown(site)
  }

  // MARK: Contexts

  /// What `with` binds.
  func enter(_ context: PythonValue, site: Site?) -> PythonValue {
    if let result = callMethod("__enter__", of: context, []) { return result }
    switch context {
    // A generator behind `contextmanager`: what it yields first.
    case .list(let list): return list.elements.first ?? unknown(site)
    case .unknown(let object): return .unknown(UnknownObject(text: object.text))
    default: return context
    }
  }

  func leave(_ context: PythonValue) {
    _ = callMethod("__exit__", of: context, [.none, .none, .none])
  }

  // MARK: match

  func matchStatement(_ statement: NodeID, in frame: Frame) -> Completion {
    let tree = frame.tree
    let parts = tree.match(statement)
    let subject = evaluate(parts.subject, in: frame)
    if raised != nil || isStopping { return raised != nil ? .raised : .stopped }
    return matchCases(Array(tree[parts.cases])[...], subject, in: frame)
  }

  private func matchCases(_ cases: ArraySlice<NodeID>, _ subject: PythonValue, in frame: Frame) -> Completion {
    guard let first = cases.first else { return .normal }
    let tree = frame.tree
    let parts = tree.matchCase(first)
    var result = matches(parts.pattern, subject, in: frame)
    if result != false, !parts.guard.isNone {
      let test = truth(evaluate(parts.guard, in: frame))
      if test != true { result = test == false ? false : nil }
    }
    switch result {
    case true?: return execute(parts.body, in: frame)
    case false?: return matchCases(cases.dropFirst(), subject, in: frame)
    case nil:
      return branch(
        text: "case " + Site.text(parts.pattern, tree), first: { self.execute(parts.body, in: frame) },
        second: { self.matchCases(cases.dropFirst(), subject, in: frame) })
    }
  }

  private func matches(_ pattern: NodeID, _ subject: PythonValue, in frame: Frame) -> Bool? {
    let tree = frame.tree
    let node = tree[pattern]
    switch node.kind {
    case .matchValue: return equal(subject, evaluate(NodeID(node.a), in: frame))
    case .matchSingleton:
      switch ConstantKind(rawValue: node.flag) {
      case .none?: return identical(subject, .none)
      case .true?: return identical(subject, .bool(true))
      case .false?: return identical(subject, .bool(false))
      default: return nil
      }
    case .matchAs:
      if !NodeID(node.a).isNone {
        let result = matches(NodeID(node.a), subject, in: frame)
        if result == false { return false }
        if !NameID(node.b).isNone { bind(tree.text(NameID(node.b)), subject, in: frame) }
        return result
      }
      if !NameID(node.b).isNone { bind(tree.text(NameID(node.b)), subject, in: frame) }
      return true
    case .matchOr:
      var result: Bool? = false
      for alternative in tree.elements(pattern) {
        switch matches(alternative, subject, in: frame) {
        case true?: return true
        case false?: continue
        case nil: result = nil
        }
      }
      return result
    case .matchClass:
      let type = evaluate(tree.nodeOfClassPattern(pattern), in: frame)
      return isInstance(subject, of: type) == false ? false : nil
    default: return nil
    }
  }
}

extension DictionaryObject {
  /// Position of the entry with a text as its key.
  func index(of text: String) -> Int? {
    if entries.count < 8 { return entries.firstIndex { $0.key.text == text } }
    if indexedCount != entries.count
      || positions[text].map({ $0 >= entries.count || entries[$0].key.text != text }) ?? false
    {
      positions = [:]
      for (index, entry) in entries.enumerated() {
        if let key = entry.key.text, positions[key] == nil { positions[key] = index }
      }
      indexedCount = entries.count
    }
    return positions[text]
  }
}

extension Tree {
  /// The class of a class pattern.
  fileprivate func nodeOfClassPattern(_ pattern: NodeID) -> NodeID { children(pattern).first ?? .none }
}
