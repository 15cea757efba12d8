import MerlonProgram
import MerlonPython

extension Interpreter {
  /// What `bool(value)` gives; nil when it is not known.
  func truth(_ value: PythonValue) -> Bool? {
    switch value {
    case .none: return false
    case .bool(let value): return value
    case .integer(let value): return value != 0
    case .double(let value): return value != 0
    case .string(let text): return !text.isEmpty
    case .bytes(let bytes): return !bytes.isEmpty
    case .list(let list), .set(let list): return list.elements.isEmpty ? (list.isOpen ? nil : false) : true
    case .tuple(let elements): return !elements.isEmpty
    case .dictionary(let dictionary): return dictionary.entries.isEmpty ? (dictionary.isOpen ? nil : false) : true
    case .function, .method, .classObject, .module, .native, .ellipsis, .generic, .typeParameter: return true
    case .instance(let object): return truth(ofInstance: object)
    case .sentinel, .library: return nil
    case .either(let values):
      var result: Bool?
      for value in values {
        guard let one = truth(value), result == nil || result == one else { return nil }
        result = one
      }
      return result
    case .unknown(let object):
      // A string of which parts are known is not empty when they are not.
      guard object.isTemplate else { return nil }
      return object.text.hasPrefix("{?") && object.text.hasSuffix("}") ? nil : true
    }
  }

  private func truth(ofInstance object: InstanceObject) -> Bool? {
    if let storage = object.attributes[Self.storageKey] { return truth(storage) }
    if let value = object.attributes["_value_"], isEnumMember(object) {
      return order(of: object.type).contains { $0.isLibrary("enum.Flag") } ? truth(value) : true
    }
    guard case .classObject(let type) = object.type else { return nil }
    for name in ["__bool__", "__len__"] {
      if let method = find(name, in: type) {
        guard case .function = method.value else { return nil }
        return truth(call(.method(MethodObject(function: method.value, receiver: .instance(object))), CallArguments()))
      }
    }
    return type.order.contains {
      if case .library(let name) = $0 { return !name.hasPrefix("typing.") && name != "abc.ABC" } else { return false }
    }
      ? nil : true
  }

  // MARK: Operators

  func binary(_ op: BinaryOperator, _ left: PythonValue, _ right: PythonValue, site: Site?) -> PythonValue {
    if case .either(let values) = left {
      return PythonValue.join(values.map { binary(op, $0, right, site: site) })
    }
    if case .either(let values) = right, op != .bitOr || !isType(left) {
      return PythonValue.join(values.map { binary(op, left, $0, site: site) })
    }
    if let result = plainBinary(op, left, right) { return result }
    if op == .bitOr, isType(left), isType(right) { return union(left, right) }
    if let (method, reflected) = Self.operatorMethods[op] {
      if case .instance = left, let result = callMethod(method, of: left, [right]) { return result }
      if case .instance = right, let result = callMethod(reflected, of: right, [left]) { return result }
    }
    // Texts of which parts are known.
    if op == .add, left.text != nil || right.text != nil || left.isTemplate || right.isTemplate,
      left.text != nil || left.isUnknown, right.text != nil || right.isUnknown
    {
      let first = formatted(left)
      let second = formatted(right)
      return template(first.text + second.text, isTemplate: true)
    }
    if op == .add, let known = openSum(left, right) { return known }
    if op == .mod, let text = left.text { return Formatting.percent(text, right, self) }
    return unknown(site, "\(displayText(left)) … \(displayText(right))")
  }

  private func openSum(_ left: PythonValue, _ right: PythonValue) -> PythonValue? {
    switch (left, right) {
    case (.list(let list), .unknown), (.unknown, .list(let list)): .list(ListObject(list.elements, isOpen: true))
    case (.tuple(let elements), .unknown), (.unknown, .tuple(let elements)): .list(ListObject(elements, isOpen: true))
    case (.string, .unknown), (.unknown, .string):
      // A text of which one part is known, as an f-string would show it.
      template(formatted(left).text + formatted(right).text, isTemplate: true)
    default: nil
    }
  }

  private static let operatorMethods: [BinaryOperator: (String, String)] = [
    .add: ("__add__", "__radd__"), .sub: ("__sub__", "__rsub__"), .mult: ("__mul__", "__rmul__"),
    .div: ("__truediv__", "__rtruediv__"), .floorDiv: ("__floordiv__", "__rfloordiv__"),
    .mod: ("__mod__", "__rmod__"), .bitOr: ("__or__", "__ror__"), .bitAnd: ("__and__", "__rand__"),
    .bitXor: ("__xor__", "__rxor__"), .lShift: ("__lshift__", "__rlshift__"), .rShift: ("__rshift__", "__rrshift__"),
  ]

  private func plainBinary(_ op: BinaryOperator, _ left: PythonValue, _ right: PythonValue) -> PythonValue? {
    switch (left, right) {
    case (.list(let first), .list(let second)) where op == .add:
      return bounded(first.elements + second.elements, isOpen: first.isOpen || second.isOpen)
    case (.tuple(let first), .tuple(let second)) where op == .add: return .tuple(first + second)
    case (.list(let first), .tuple(let second)) where op == .add:
      return bounded(first.elements + second, isOpen: first.isOpen)
    case (.tuple(let first), .list(let second)) where op == .add:
      return bounded(first + second.elements, isOpen: second.isOpen)
    case (.list(let list), _) where op == .mult:
      guard let count = right.integer else { return nil }
      return bounded(Self.repeated(list.elements, count), isOpen: list.isOpen || count > 100_000)
    case (.tuple(let elements), _) where op == .mult:
      return right.integer.map { .tuple(Self.repeated(elements, $0)) }
    case (.bytes(let first), .bytes(let second)) where op == .add: return .bytes(first + second)
    case (.dictionary, .dictionary) where op == .bitOr:
      let result = DictionaryObject()
      update(result, with: left)
      update(result, with: right)
      return .dictionary(result)
    case (.set(let first), .set(let second)): return setOperation(op, first, second)
    default: break
    }
    if let text = left.text {
      if op == .add, let other = right.text { return template(text + other, isTemplate: false) }
      if op == .mult, let count = right.integer {
        guard count > 0 else { return .string("") }
        guard count * max(text.utf8.count, 1) <= 100_000, count <= 100_000 else { return nil }
        return .string(String(repeating: text, count: count))
      }
      if op == .mod { return Formatting.percent(text, right, self) }
      return nil
    }
    return Arithmetic.binary(op, left, right)
  }

  private static func repeated(_ elements: [PythonValue], _ count: Int) -> [PythonValue] {
    guard count > 0, !elements.isEmpty else { return [] }
    var result: [PythonValue] = []
    for _ in 0..<min(count, 100_000) {
      result += elements
      if result.count > 100_000 { break }
    }
    return result
  }

  func bounded(_ elements: [PythonValue], isOpen: Bool) -> PythonValue {
    guard elements.count <= 100_000 else {
      reportBudget("a list was cut after 100,000 elements")
      return .list(ListObject(Array(elements.prefix(100_000)), isOpen: true))
    }
    return .list(ListObject(elements, isOpen: isOpen))
  }

  private func setOperation(_ op: BinaryOperator, _ first: ListObject, _ second: ListObject) -> PythonValue? {
    let isOpen = first.isOpen || second.isOpen
    switch op {
    case .bitOr:
      let result = ListObject(first.elements, isOpen: isOpen)
      for element in second.elements { insert(element, into: result) }
      return .set(result)
    case .bitAnd:
      return .set(ListObject(first.elements.filter { contains(second.elements, $0) }, isOpen: isOpen))
    case .sub:
      return .set(ListObject(first.elements.filter { !contains(second.elements, $0) }, isOpen: isOpen))
    case .bitXor:
      let left = first.elements.filter { !contains(second.elements, $0) }
      return .set(ListObject(left + second.elements.filter { !contains(first.elements, $0) }, isOpen: isOpen))
    default: return nil
    }
  }

  func unary(_ op: UnaryOperator, _ value: PythonValue, site: Site?) -> PythonValue {
    switch op {
    case .not:
      guard let truth = truth(value) else { return unknown(site, type: builtins.type("bool")) }
      return .bool(!truth)
    case .minus:
      if case .double(let number) = value { return .double(-number) }
      if let number = value.integer { return number == .min ? unknown(site) : .integer(-number) }
    case .plus:
      if case .double = value { return value }
      if let number = value.integer { return .integer(number) }
    case .invert: if let number = value.integer { return .integer(~number) }
    }
    return unknown(site)
  }

  // MARK: Comparison

  func compare(_ op: ComparisonOperator, _ left: PythonValue, _ right: PythonValue) -> Bool? {
    if case .either(let values) = left { return agree(values.map { compare(op, $0, right) }) }
    if case .either(let values) = right { return agree(values.map { compare(op, left, $0) }) }
    switch op {
    case .is: return identical(left, right)
    case .isNot: return identical(left, right).map { !$0 }
    case .equal: return equal(left, right)
    case .notEqual: return equal(left, right).map { !$0 }
    case .in: return isIn(left, right)
    case .notIn: return isIn(left, right).map { !$0 }
    case .less, .lessEqual, .greater, .greaterEqual: return ordered(op, left, right)
    }
  }

  private func agree(_ results: [Bool?]) -> Bool? {
    guard let first = results.first, let value = first, results.allSatisfy({ $0 == value }) else { return nil }
    return value
  }

  func identical(_ left: PythonValue, _ right: PythonValue) -> Bool? {
    if left.isUnknown || right.isUnknown {
      if case .unknown(let object) = left, let type = object.type, right.isNone, !isOptional(type) { return nil }
      return left.isSame(as: right) ? true : nil
    }
    switch (left, right) {
    case (.library(let first), .library(let second)): return first == second ? true : nil
    case (.library, .none), (.none, .library): return false
    case (.library, _), (_, .library): return nil
    default: return left.isSame(as: right)
    }
  }

  private func isOptional(_ type: PythonValue) -> Bool { false }

  /// `==`; nil when it is not known.
  func equal(_ left: PythonValue, _ right: PythonValue) -> Bool? {
    if case .either(let values) = left { return agree(values.map { equal($0, right) }) }
    if case .either(let values) = right { return agree(values.map { equal(left, $0) }) }
    if left.isUnknown || right.isUnknown { return left.isSame(as: right) ? true : nil }
    switch (left, right) {
    case (.list(let first), .list(let second)):
      return sameElements(first.elements, second.elements, isOpen: first.isOpen || second.isOpen)
    case (.tuple(let first), .tuple(let second)): return sameElements(first, second, isOpen: false)
    case (.set(let first), .set(let second)):
      if first.isOpen || second.isOpen { return nil }
      return first.elements.count == second.elements.count
        && first.elements.allSatisfy { contains(second.elements, $0) }
    case (.dictionary(let first), .dictionary(let second)):
      if first.isOpen || second.isOpen { return nil }
      guard first.entries.count == second.entries.count else { return false }
      for entry in first.entries {
        guard let other = value(for: entry.key, in: second) else { return false }
        guard let same = equal(entry.value, other) else { return nil }
        if !same { return false }
      }
      return true
    case (.instance(let first), .instance(let second)):
      if first === second { return true }
      if let one = first.attributes[Self.storageKey], let other = second.attributes[Self.storageKey] {
        return equal(one, other)
      }
      if isEnumMember(first), isEnumMember(second), left.text == nil || right.text == nil { return false }
      if let text = left.text, let other = right.text { return text == other }
      if let result = callMethod("__eq__", of: left, [right]) { return truth(result) }
      return isDataClass(first.type) ? nil : false
    case (.library(let first), .library(let second)): return first == second ? true : nil
    case (.library, .none), (.none, .library): return false
    case (.library, _), (_, .library): return nil
    default: break
    }
    if let text = left.text, let other = right.text, !isPlainEnum(left), !isPlainEnum(right) { return text == other }
    if let first = Arithmetic.number(left), let second = Arithmetic.number(right) { return first == second }
    if case .instance = left, let result = callMethod("__eq__", of: left, [right]) { return truth(result) }
    return left.isSame(as: right)
  }

  /// True for a member of an enumeration that is not a string (or number) too.
  private func isPlainEnum(_ value: PythonValue) -> Bool {
    guard case .instance(let object) = value, isEnumMember(object) else { return false }
    return !order(of: object.type).contains {
      if case .classObject(let type) = $0 {
        return type === builtins.classes["str"] || type === builtins.classes["int"]
      }
      return false
    }
  }

  private func sameElements(_ left: [PythonValue], _ right: [PythonValue], isOpen: Bool) -> Bool? {
    if isOpen { return nil }
    guard left.count == right.count else { return false }
    var result: Bool? = true
    for (first, second) in zip(left, right) {
      switch equal(first, second) {
      case true?: continue
      case false?: return false
      case nil: result = nil
      }
    }
    return result
  }

  func contains(_ elements: [PythonValue], _ value: PythonValue) -> Bool {
    elements.contains { equal($0, value) == true }
  }

  private func isIn(_ value: PythonValue, _ container: PythonValue) -> Bool? {
    if let text = container.text {
      guard let part = value.text else { return nil }
      return text.contains(part) || part.isEmpty
    }
    if case .unknown(let object) = container {
      if object.isTemplate, let part = value.text, object.text.contains(part) { return true }
      return nil
    }
    if container.isLibrary("os.environ") { return false }
    let elements: [PythonValue]
    var isOpen = false
    switch container {
    case .dictionary(let dictionary):
      elements = dictionary.entries.map(\.key)
      isOpen = dictionary.isOpen
    case .instance:
      if let result = callMethod("__contains__", of: container, [value]) { return truth(result) }
      fallthrough
    default: (elements, isOpen) = iterate(container, site: nil)
    }
    var isUnknown = isOpen
    for element in elements {
      if element.isSame(as: value) { return true }
      switch equal(element, value) {
      case true?: return true
      case false?: continue
      case nil: isUnknown = true
      }
    }
    return isUnknown ? nil : false
  }

  func ordered(_ op: ComparisonOperator, _ left: PythonValue, _ right: PythonValue) -> Bool? {
    let order: Int?
    if let first = Arithmetic.number(left), let second = Arithmetic.number(right) {
      order = first < second ? -1 : first == second ? 0 : 1
    } else if let first = left.text, let second = right.text {
      order = Self.order(first, second)
    } else if case .tuple(let first) = left, case .tuple(let second) = right {
      order = self.order(first, second)
    } else if case .list(let first) = left, case .list(let second) = right, !first.isOpen, !second.isOpen {
      order = self.order(first.elements, second.elements)
    } else if case .set(let first) = left, case .set(let second) = right, !first.isOpen, !second.isOpen {
      let isSubset = first.elements.allSatisfy { contains(second.elements, $0) }
      let isSuperset = second.elements.allSatisfy { contains(first.elements, $0) }
      switch op {
      case .less: return isSubset && !isSuperset
      case .lessEqual: return isSubset
      case .greater: return isSuperset && !isSubset
      default: return isSuperset
      }
    } else {
      let names: [ComparisonOperator: String] = [
        .less: "__lt__", .lessEqual: "__le__", .greater: "__gt__", .greaterEqual: "__ge__",
      ]
      guard case .instance = left, let name = names[op], let result = callMethod(name, of: left, [right]) else {
        return nil
      }
      return truth(result)
    }
    guard let order else { return nil }
    switch op {
    case .less: return order < 0
    case .lessEqual: return order <= 0
    case .greater: return order > 0
    default: return order >= 0
    }
  }

  static func order(_ left: String, _ right: String) -> Int {
    if left == right { return 0 }
    return left.unicodeScalars.lexicographicallyPrecedes(right.unicodeScalars) { $0.value < $1.value } ? -1 : 1
  }

  private func order(_ left: [PythonValue], _ right: [PythonValue]) -> Int? {
    for (first, second) in zip(left, right) {
      guard let same = equal(first, second) else { return nil }
      if same { continue }
      guard let isLess = ordered(.less, first, second) else { return nil }
      return isLess ? -1 : 1
    }
    return left.count < right.count ? -1 : left.count == right.count ? 0 : 1
  }
}

extension PythonValue {
  func isLibrary(_ name: String) -> Bool {
    if case .library(let own) = self { return own == name }
    return false
  }

  /// An unknown string of which parts are known.
  var isTemplate: Bool {
    if case .unknown(let object) = self { return object.isTemplate }
    return false
  }
}
