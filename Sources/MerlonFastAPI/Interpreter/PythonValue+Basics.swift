import MerlonProgram
import MerlonPython

extension PythonValue {
  /// Most alternatives that are kept apart.
  static let alternativeLimit = 12

  /// The values that this may be.
  var alternatives: [PythonValue] {
    if case .either(let values) = self { return values }
    return [self]
  }

  /// One of several values; equal ones once.
  static func join(_ values: [PythonValue]) -> PythonValue {
    if values.count == 1 { return values[0] }
    var result: [PythonValue] = []
    var unknown: UnknownObject?
    for value in values {
      for alternative in value.alternatives {
        if case .unknown(let object) = alternative {
          if unknown == nil || (unknown?.type == nil && object.type != nil) { unknown = object }
          continue
        }
        if !result.contains(where: { $0.isSame(as: alternative) }) { result.append(alternative) }
      }
    }
    if let unknown {
      if result.isEmpty || result.count > 1 { return .unknown(unknown) }
      result.append(.unknown(unknown))
    }
    guard result.count <= alternativeLimit else { return .unknown(UnknownObject(text: "one of \(result.count)")) }
    if result.count == 1 { return result[0] }
    return result.isEmpty ? .none : .either(result)
  }

  /// The same object (`is`), or the same plain value.
  func isSame(as other: PythonValue) -> Bool {
    switch (self, other) {
    case (.none, .none), (.ellipsis, .ellipsis): true
    case (.bool(let left), .bool(let right)): left == right
    case (.integer(let left), .integer(let right)): left == right
    case (.double(let left), .double(let right)): left == right
    case (.string(let left), .string(let right)): left == right
    case (.bytes(let left), .bytes(let right)): left == right
    case (.sentinel(let left), .sentinel(let right)): left == right
    case (.list(let left), .list(let right)): left === right
    case (.set(let left), .set(let right)): left === right
    case (.dictionary(let left), .dictionary(let right)): left === right
    case (.function(let left), .function(let right)): left === right
    case (.method(let left), .method(let right)):
      left === right || (left.function.isSame(as: right.function) && left.receiver.isSame(as: right.receiver))
    case (.classObject(let left), .classObject(let right)): left === right
    case (.instance(let left), .instance(let right)): left === right
    case (.module(let left), .module(let right)): left === right
    case (.library(let left), .library(let right)): left == right
    case (.generic(let left), .generic(let right)):
      left === right
        || (left.arguments.count == right.arguments.count && left.origin.isSame(as: right.origin)
          && zip(left.arguments, right.arguments).allSatisfy { $0.isSame(as: $1) })
    case (.typeParameter(let left), .typeParameter(let right)): left === right
    case (.native(let left), .native(let right)): left === right
    case (.unknown(let left), .unknown(let right)): left === right
    case (.tuple(let left), .tuple(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.isSame(as: $1) }
    default: false
    }
  }

  var isUnknown: Bool {
    if case .unknown = self { return true }
    return false
  }

  var isNone: Bool {
    if case .none = self { return true }
    return false
  }

  /// The text of a string, or of a member of a `str` enumeration.
  var text: String? {
    switch self {
    case .string(let text): text
    case .instance(let object):
      if case .string(let text)? = object.attributes["_value_"] { text } else { nil }
    default: nil
    }
  }

  var integer: Int? {
    switch self {
    case .integer(let value): value
    case .bool(let value): value ? 1 : 0
    case .instance(let object):
      if case .integer(let value)? = object.attributes["_value_"] { value } else { nil }
    default: nil
    }
  }

  static func strings(_ texts: some Sequence<String>) -> PythonValue {
    .list(ListObject(texts.map { .string($0) }))
  }
}

extension Interpreter {
  /// An unknown whose text is the code of `node`.
  func unknown(_ node: NodeID, _ frame: Frame, type: PythonValue? = nil) -> PythonValue {
    if let site = site(node, frame) { return .unknown(UnknownObject(site: site, type: type)) }
    return .unknown(UnknownObject(text: Site.text(node, frame.tree), type: type))
  }

  func unknown(_ site: Site?, _ text: String = "?", type: PythonValue? = nil) -> PythonValue {
    if let site { return .unknown(UnknownObject(site: site, type: type)) }
    return .unknown(UnknownObject(text: text, type: type))
  }
}

extension ClassObject {
  /// True for classes whose `__init__` a decorator makes of their fields: data classes and those of the library attrs.
  var hasWrittenInitializer: Bool { isAttrs || decorators.contains { TypeName.last($0.name) == "dataclass" } }

  var isAttrs: Bool { decorators.contains { $0.name.hasPrefix("attrs.") || $0.name.hasPrefix("attr.") } }
}
