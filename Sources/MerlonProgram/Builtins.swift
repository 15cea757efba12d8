/// Facts of the standard library that resolution itself needs; everything else is the library models' matter.
enum Builtins {
  /// Functions and constants of `builtins` (Python 3.14, `dir(builtins)`).
  private static let functions: Set<String> = [
    "abs", "aiter", "all", "anext", "any", "ascii", "bin", "breakpoint", "callable", "chr", "compile", "copyright",
    "credits", "delattr", "dir", "divmod", "eval", "exec", "exit", "format", "getattr", "globals", "hasattr", "hash",
    "help", "hex", "id", "input", "isinstance", "issubclass", "iter", "len", "license", "locals", "max", "min", "next",
    "oct", "open", "ord", "pow", "print", "quit", "repr", "round", "setattr", "sorted", "sum", "vars", "__import__",
    "__build_class__", "__debug__", "NotImplemented", "Ellipsis",
  ]

  /// Classes of `builtins` that are not exceptions.
  static let classes: Set<String> = [
    "bool", "bytearray", "bytes", "classmethod", "complex", "dict", "enumerate", "filter", "float", "frozenset", "int",
    "list", "map", "memoryview", "object", "property", "range", "reversed", "set", "slice", "staticmethod", "str",
    "super", "tuple", "type", "zip",
  ]

  /// Exception classes under their bases (Python 3.14, `__bases__`).
  private static let exceptionGroups: [(bases: String, classes: [String])] = [
    ("ArithmeticError", ["FloatingPointError", "OverflowError", "ZeroDivisionError"]),
    ("BaseException", ["BaseExceptionGroup", "Exception", "GeneratorExit", "KeyboardInterrupt", "SystemExit"]),
    ("BaseExceptionGroup Exception", ["ExceptionGroup"]),
    (
      "ConnectionError",
      ["BrokenPipeError", "ConnectionAbortedError", "ConnectionRefusedError", "ConnectionResetError"]
    ),
    (
      "Exception",
      [
        "ArithmeticError", "AssertionError", "AttributeError", "BufferError", "EOFError", "ImportError", "LookupError",
        "MemoryError", "NameError", "OSError", "ReferenceError", "RuntimeError", "StopAsyncIteration", "StopIteration",
        "SyntaxError", "SystemError", "TypeError", "ValueError", "Warning",
      ]
    ),
    ("ImportError", ["ModuleNotFoundError"]),
    ("IndentationError", ["TabError"]),
    ("LookupError", ["IndexError", "KeyError"]),
    ("NameError", ["UnboundLocalError"]),
    (
      "OSError",
      [
        "BlockingIOError", "ChildProcessError", "ConnectionError", "FileExistsError", "FileNotFoundError",
        "InterruptedError", "IsADirectoryError", "NotADirectoryError", "PermissionError", "ProcessLookupError",
        "TimeoutError",
      ]
    ),
    ("RuntimeError", ["NotImplementedError", "PythonFinalizationError", "RecursionError"]),
    ("SyntaxError", ["IndentationError"]),
    ("UnicodeError", ["UnicodeDecodeError", "UnicodeEncodeError", "UnicodeTranslateError"]),
    ("ValueError", ["UnicodeError"]),
    (
      "Warning",
      [
        "BytesWarning", "DeprecationWarning", "EncodingWarning", "FutureWarning", "ImportWarning",
        "PendingDeprecationWarning", "ResourceWarning", "RuntimeWarning", "SyntaxWarning", "UnicodeWarning",
        "UserWarning",
      ]
    ),
  ]

  private static let exceptionBases: [String: [String]] = {
    var result: [String: [String]] = ["BaseException": []]
    for group in exceptionGroups {
      for name in group.classes { result[name] = group.bases.split(separator: " ").map { "builtins." + $0 } }
    }
    return result
  }()

  /// The bases of a builtin class or special form of `typing`; nil for others.
  static func bases(_ name: String) -> [String]? {
    if name == "typing.Protocol" { return ["typing.Generic"] }
    if name == "builtins.bool" { return ["builtins.int"] }
    return name.hasPrefix("builtins.") ? exceptionBases[String(name.dropFirst(9))] : nil
  }

  /// A builtin's own name, when `name` is only another name of it.
  static func canonical(_ name: String) -> String {
    name == "IOError" || name == "EnvironmentError" || name == "WindowsError" ? "OSError" : name
  }

  static func contains(_ name: String) -> Bool {
    let name = canonical(name)
    return functions.contains(name) || classes.contains(name) || exceptionBases[name] != nil
  }

  /// Classes of the standard library whose names do not look like those of classes.
  private static let lowercaseClasses: Set<String> = [
    "datetime.datetime", "datetime.date", "datetime.time", "datetime.timedelta", "datetime.timezone",
    "datetime.tzinfo", "collections.deque", "collections.defaultdict", "threading.local", "socket.socket",
    "array.array", "types.ModuleType", "itertools.chain", "itertools.cycle", "functools.partial",
  ]

  /// True when a library name is that of a class: by knowledge for the standard library, else by its spelling.
  static func isClassLike(_ name: String) -> Bool {
    if name.hasPrefix("builtins.") {
      let rest = String(name.dropFirst(9))
      return classes.contains(rest) || exceptionBases[rest] != nil
    }
    if lowercaseClasses.contains(name) { return true }
    let last =
      name.utf8.lastIndex(of: UInt8(ascii: ".")).map { name.utf8[name.utf8.index(after: $0)...] } ?? name.utf8[...]
    guard let first = last.first(where: { $0 != UInt8(ascii: "_") }) else { return false }
    return (0x41...0x5A).contains(first)
  }

  /// Classes under the name that the analysis uses: `typing.List` is `builtins.list`.
  static func normalizedType(_ name: String) -> String {
    guard name.hasPrefix("typing.") || name.hasPrefix("typing_extensions.") else { return name }
    let last = String(name[name.utf8.index(after: name.utf8.lastIndex(of: UInt8(ascii: ".")) ?? name.startIndex)...])
    switch last {
    case "List", "Dict", "Set", "Tuple", "Type", "FrozenSet": return "builtins." + last.lowercased()
    case "Text": return "builtins.str"
    case "Iterable", "Iterator", "Sequence", "Mapping", "MutableMapping", "MutableSequence", "Awaitable", "Coroutine",
      "AsyncIterable", "AsyncIterator", "Generator", "AsyncGenerator", "Callable", "Collection", "Container",
      "Hashable",
      "Reversible", "Sized", "MutableSet":
      return "collections.abc." + last
    case "DefaultDict": return "collections.defaultdict"
    case "OrderedDict", "Counter", "ChainMap": return "collections." + last
    case "Deque": return "collections.deque"
    case "ContextManager": return "contextlib.AbstractContextManager"
    case "AsyncContextManager": return "contextlib.AbstractAsyncContextManager"
    case "Pattern", "Match": return "re." + last
    default: return "typing." + last
    }
  }

  /// Generic classes that iteration goes through with their first argument.
  static let iterables: Set<String> = [
    "builtins.list", "builtins.set", "builtins.frozenset", "builtins.dict", "builtins.enumerate", "builtins.reversed",
    "collections.deque", "collections.defaultdict", "collections.OrderedDict", "collections.abc.Iterable",
    "collections.abc.Iterator", "collections.abc.Sequence", "collections.abc.Collection", "collections.abc.Mapping",
    "collections.abc.MutableMapping", "collections.abc.MutableSequence", "collections.abc.MutableSet",
    "collections.abc.Generator", "collections.abc.AsyncIterable", "collections.abc.AsyncIterator",
    "collections.abc.AsyncGenerator", "collections.abc.Set",
  ]

  /// Generic classes whose subscript yields the second argument.
  static let mappings: Set<String> = [
    "builtins.dict", "collections.defaultdict", "collections.OrderedDict", "collections.abc.Mapping",
    "collections.abc.MutableMapping", "collections.ChainMap",
  ]

  /// Generic classes that `await` unwraps.
  static func awaited(_ type: TypeReference) -> TypeReference? {
    switch type.qualifiedName {
    case "collections.abc.Awaitable", "asyncio.Task", "asyncio.Future": type.arguments.first
    case "collections.abc.Coroutine": type.arguments.count == 3 ? type.arguments[2] : nil
    default: nil
    }
  }
}
