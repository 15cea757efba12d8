/// Canonical names of types, and when two types are the same.
enum TypeName {
  /// The dotted name of a class or library value: `list` for `builtins.list` and `typing.List`,
  /// `collections.abc.Sequence` for `typing.Sequence`. Nil for other values.
  static func canonical(of value: PythonValue) -> String? {
    switch value {
    case .classObject(let object): canonical(object.fullName)
    case .library(let name): canonical(name)
    case .native(let function): canonical(function.name)
    default: nil
    }
  }

  static func canonical(_ name: String) -> String {
    if name.hasPrefix("builtins.") { return String(name.dropFirst(9)) }
    var name = name
    if name.hasPrefix("typing_extensions.") { name = "typing." + name.dropFirst(18) }
    return name.hasPrefix("typing.") ? typingAliases[name] ?? name : name
  }

  /// The text after the last dot.
  static func last(_ name: String) -> String {
    guard let dot = name.lastIndex(of: ".") else { return name }
    return String(name[name.index(after: dot)...])
  }

  /// What `typing.get_origin` gives for the bare alias.
  private static let typingAliases: [String: String] = {
    var table: [String: String] = [
      "typing.List": "list", "typing.Dict": "dict", "typing.Set": "set", "typing.FrozenSet": "frozenset",
      "typing.Tuple": "tuple", "typing.Type": "type", "typing.Text": "str",
      "typing.DefaultDict": "collections.defaultdict", "typing.OrderedDict": "collections.OrderedDict",
      "typing.Counter": "collections.Counter", "typing.ChainMap": "collections.ChainMap",
      "typing.Deque": "collections.deque", "typing.AbstractSet": "collections.abc.Set",
      "typing.ContextManager": "contextlib.AbstractContextManager",
      "typing.AsyncContextManager": "contextlib.AbstractAsyncContextManager", "typing.Pattern": "re.Pattern",
      "typing.Match": "re.Match",
    ]
    for name in [
      "Sequence", "MutableSequence", "Mapping", "MutableMapping", "MutableSet", "Iterable", "Iterator", "Generator",
      "AsyncIterable", "AsyncIterator", "AsyncGenerator", "Awaitable", "Coroutine", "Collection", "Container",
      "Callable", "KeysView", "ValuesView", "ItemsView", "MappingView", "Hashable", "Sized", "Reversible", "ByteString",
    ] {
      table["typing." + name] = "collections.abc." + name
    }
    return table
  }()

  /// The alias that was written for a generic of `typing`, as `List`; nil for others.
  static func typingName(of origin: PythonValue) -> String? {
    guard case .library(let name) = origin, name.hasPrefix("typing.") || name.hasPrefix("typing_extensions.") else {
      return nil
    }
    return last(name)
  }

  /// True for one and the same object, and for types that are put together alike.
  static func isSame(_ left: PythonValue, _ right: PythonValue, depth: Int = 0) -> Bool {
    guard depth < 30 else { return false }
    switch (left, right) {
    case (.none, .none), (.ellipsis, .ellipsis): return true
    case (.bool(let a), .bool(let b)): return a == b
    case (.integer(let a), .integer(let b)): return a == b
    case (.double(let a), .double(let b)): return a == b
    case (.string(let a), .string(let b)): return a == b
    case (.bytes(let a), .bytes(let b)): return a == b
    case (.sentinel(let a), .sentinel(let b)): return a == b
    case (.function(let a), .function(let b)): return a === b
    case (.classObject(let a), .classObject(let b)): return a === b
    case (.instance(let a), .instance(let b)): return a === b
    case (.typeParameter(let a), .typeParameter(let b)): return a === b
    case (.native(let a), .native(let b)): return a === b || a.name == b.name
    case (.list(let a), .list(let b)):
      return a === b
        || a.elements.count == b.elements.count
          && zip(a.elements, b.elements).allSatisfy { isSame($0, $1, depth: depth + 1) }
    case (.generic(let a), .generic(let b)):
      return a === b
        || isSame(a.origin, b.origin, depth: depth + 1) && a.arguments.count == b.arguments.count
          && zip(a.arguments, b.arguments).allSatisfy { isSame($0, $1, depth: depth + 1) }
    default:
      guard let a = canonical(of: left), let b = canonical(of: right) else { return false }
      return a == b
    }
  }
}
