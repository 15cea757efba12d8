import MerlonBase
import MerlonProgram
import MerlonPython

/// Files that lie beside the code, as far as applications are built from them: routers that are found by listing a
/// folder, routes that a JSON file tells.
///
/// A path is an instance of `pathlib.Path` with its text, relative to the root of the project, as `__file__` is. What
/// lies outside of the root is not known.
enum FileTable {
  static let path = "pathlib.Path"
  private static let file = "io.TextIOWrapper"
  private static let pathClasses: Set<String> = [
    "pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath", "pathlib.PurePosixPath", "anyio.Path",
  ]
  private static let key = "__merlon_path__"
  /// Most bytes of a file of data that is read.
  private static let sizeLimit = 1 << 20

  // MARK: Paths

  /// The path that a call of a class of paths makes; nil for other classes and for texts that are not known.
  static func make(_ name: String, _ arguments: CallArguments, _ site: Site?) -> PythonValue? {
    guard pathClasses.contains(name), arguments.keywords.isEmpty else { return nil }
    var result = "."
    for argument in arguments.positional {
      guard let text = text(of: argument) else { return nil }
      result = joined(result, text)
    }
    return value(result, site)
  }

  private static func value(_ text: String, _ site: Site?) -> PythonValue {
    .instance(
      InstanceObject(
        type: .library(path), attributes: [key: .string(text)], site: site,
        arguments: CallArguments(positional: [.string(text)])))
  }

  /// The text of a path or string; nil when it is not known.
  static func text(of value: PythonValue) -> String? {
    if case .instance(let object) = value, let text = object.attributes[key]?.text { return text }
    return value.text
  }

  /// The text of a path object alone.
  static func pathText(of value: PythonValue) -> String? {
    guard case .instance(let object) = value, object.type.isLibrary(path) else { return nil }
    return object.attributes[key]?.text
  }

  /// `base / part`, without `.` and with `..` taken back.
  static func joined(_ base: String, _ part: String) -> String {
    if part.hasPrefix("/") { return normalized(part) }
    return normalized(base + "/" + part)
  }

  private static func normalized(_ text: String) -> String {
    var parts: [Substring] = []
    for part in text.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." { parts.removeLast() } else { parts.append(part) }
    }
    let joined = parts.joined(separator: "/")
    return text.hasPrefix("/") ? "/" + joined : joined.isEmpty ? "." : joined
  }

  private static func parent(_ text: String) -> String {
    if text == "." { return ".." }
    if text == ".." || text.hasSuffix("/..") { return text + "/.." }
    guard let slash = text.lastIndex(of: "/") else { return "." }
    return slash == text.startIndex ? "/" : String(text[..<slash])
  }

  private static func name(_ text: String) -> String {
    text == "." ? "" : text.lastIndex(of: "/").map { String(text[text.index(after: $0)...]) } ?? text
  }

  private static func split(_ name: String) -> (stem: String, suffix: String) {
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex, name.last != "." else { return (name, "") }
    return (String(name[..<dot]), String(name[dot...]))
  }

  /// `path.parent`, `path.stem`: what is no method.
  static func attribute(_ name: String, of object: InstanceObject, _ site: Site?) -> PythonValue? {
    guard object.type.isLibrary(path), let text = object.attributes[key]?.text else { return nil }
    switch name {
    case "parent": return value(parent(text), site)
    case "parents":
      var result: [PythonValue] = []
      var next = text
      while next != ".", next != "/", !next.hasSuffix(".."), result.count < 64 {
        next = parent(next)
        result.append(value(next, site))
      }
      return .list(ListObject(result, isOpen: true))
    case "name": return .string(self.name(text))
    case "stem": return .string(split(self.name(text)).stem)
    case "suffix": return .string(split(self.name(text)).suffix)
    case "parts": return .tuple(text.split(separator: "/").map { .string(String($0)) })
    default: return nil
    }
  }

  // MARK: Listing

  /// Names of the files of code and the folders in a folder of the project.
  private static func children(of folder: String, _ interpreter: Interpreter) -> [String] {
    let prefix = folder == "." ? "" : folder + "/"
    var result: Set<String> = []
    for module in interpreter.program.modules where module.path.hasPrefix(prefix) {
      let rest = module.path.dropFirst(prefix.count)
      result.insert(String(rest.prefix { $0 != "/" }))
    }
    return result.sorted()
  }

  private static func isFolder(_ text: String, _ interpreter: Interpreter) -> Bool {
    interpreter.program.modules.contains { $0.path.hasPrefix(text + "/") }
  }

  /// The paths below a folder that a pattern names: `*.py`, `*/router.py`, `**/*.py`.
  private static func matches(
    _ folder: String, _ pattern: String, isRecursive: Bool, _ interpreter: Interpreter, _ site: Site?
  ) -> PythonValue {
    var wanted = pattern.split(separator: "/").map(String.init)
    if isRecursive { wanted.insert("**", at: 0) }
    guard wanted.count <= 8 else { return .list(ListObject([], isOpen: true)) }
    let prefix = folder == "." ? "" : folder + "/"
    var found: [PythonValue] = []
    for module in interpreter.program.modules where module.path.hasPrefix(prefix) {
      let parts = module.path.dropFirst(prefix.count).split(separator: "/").map(String.init)
      if isMatch(parts[...], wanted[...]), found.count < 2_000 { found.append(value(module.path, site)) }
    }
    // Other files than code are not listed.
    return .list(ListObject(found, isOpen: !(wanted.last?.hasSuffix(".py") ?? false)))
  }

  private static func isMatch(_ parts: ArraySlice<String>, _ pattern: ArraySlice<String>) -> Bool {
    guard let first = pattern.first else { return parts.isEmpty }
    if first == "**" {
      return (0...parts.count).contains { isMatch(parts.dropFirst($0), pattern.dropFirst()) }
    }
    guard let part = parts.first else { return false }
    return Wildcard.matches(first, part) && isMatch(parts.dropFirst(), pattern.dropFirst())
  }

  /// The folders that `package.__path__` or a list of texts names, as dotted names of packages and as paths.
  private static func modules(below value: PythonValue?, _ interpreter: Interpreter, _ site: Site?) -> [Module]? {
    guard let value else { return nil }
    let (elements, isOpen) = interpreter.iterate(value, site: site)
    guard !isOpen || !elements.isEmpty else { return nil }
    var result: [Module] = []
    for element in elements {
      if case .module(let package) = element {
        let prefix = package.name + "."
        result += interpreter.program.modules.filter { $0.name.hasPrefix(prefix) }
      } else if let text = text(of: element) {
        let folder = normalized(text)
        result += interpreter.program.modules.filter { folder == "." || $0.path.hasPrefix(folder + "/") }
      } else {
        return nil
      }
    }
    return result
  }

  /// `pkgutil.iter_modules(path, prefix)` and `walk_packages`.
  private static func submodules(
    _ interpreter: Interpreter, _ arguments: CallArguments, _ site: Site?, isRecursive: Bool
  ) -> PythonValue {
    let place = arguments.positional.first ?? arguments["path"]
    guard let place, let below = modules(below: place, interpreter, site) else {
      return .list(ListObject([], isOpen: true))
    }
    let prefix = (arguments.positional.dropFirst().first ?? arguments["prefix"])?.text ?? ""
    // How deep the folder itself lies, by path and by name alike.
    let depth = below.map { $0.name.split(separator: ".").count - ($0.isPackage ? 1 : 0) }.min() ?? 0
    let base: Int
    if case .module(let package)? = interpreter.iterate(place, site: site).elements.first {
      base = package.name.split(separator: ".").count
    } else {
      base = max(depth - 1, 0)
    }
    var result: [PythonValue] = []
    for module in below.sorted(by: { $0.name < $1.name }) where result.count < 2_000 {
      let parts = module.name.split(separator: ".").dropFirst(base)
      guard !parts.isEmpty, isRecursive || parts.count == 1 else { continue }
      let name = PythonValue.string(prefix + parts.joined(separator: "."))
      let isPackage = PythonValue.bool(module.isPackage)
      result.append(
        .instance(
          InstanceObject(
            type: .library("pkgutil.ModuleInfo"),
            attributes: [
              Interpreter.storageKey: .tuple([.none, name, isPackage]), "module_finder": .none, "name": name,
              "ispkg": isPackage,
            ], site: site)))
    }
    return .list(ListObject(result))
  }

  // MARK: Reading

  private static func bytes(of value: PythonValue?, _ interpreter: Interpreter) -> [UInt8]? {
    guard case .instance(let object)? = value, let path = object.attributes[key]?.text else { return nil }
    return bytes(at: path, interpreter)
  }

  private static func bytes(at path: String, _ interpreter: Interpreter) -> [UInt8]? {
    guard !path.hasPrefix("/"), !path.hasPrefix("..") else { return nil }
    return interpreter.program.readFile(path, limit: sizeLimit)
  }

  private static func opened(_ value: PythonValue?, _ interpreter: Interpreter, _ site: Site?) -> PythonValue {
    guard let value, let path = text(of: value) else { return interpreter.unknown(site, "open()") }
    return .instance(
      InstanceObject(type: .library(file), attributes: [key: .string(normalized(path))], site: site))
  }

  private static func json(_ bytes: [UInt8]?, _ interpreter: Interpreter, _ site: Site?) -> PythonValue {
    guard let bytes, let value = try? JSONValue(parsing: bytes) else { return interpreter.unknown(site, "json.load()") }
    return python(value, interpreter)
  }

  private static func python(_ value: JSONValue, _ interpreter: Interpreter) -> PythonValue {
    switch value {
    case .null: return .none
    case .bool(let flag): return .bool(flag)
    case .number(let number): return value.integer.map { .integer($0) } ?? .double(number)
    case .string(let text): return .string(text)
    case .array(let elements): return .list(ListObject(elements.map { python($0, interpreter) }))
    case .object(let members):
      return .dictionary(
        DictionaryObject(members.map { (PythonValue.string($0.key), python($0.value, interpreter)) }))
    }
  }

  // MARK: Functions

  static var entries: [NativeTable.Entry] { pathMethods + functions }

  private static var pathMethods: [NativeTable.Entry] {
    /// A method of a path whose text is known.
    func method(_ name: String, _ body: @escaping (String, CallArguments, Interpreter, Site?) -> PythonValue?)
      -> NativeTable.Entry
    {
      (
        path + "." + name,
        { interpreter, arguments, site in
          guard let own = arguments.positional.first.flatMap({ text(of: $0) }) else {
            return interpreter.unknown(site, "Path." + name + "()")
          }
          var rest = arguments
          rest.positional.removeFirst()
          return body(own, rest, interpreter, site) ?? interpreter.unknown(site, "Path." + name + "()")
        }
      )
    }
    let same = ["resolve", "absolute", "expanduser"].map { name in
      method(name) { text, _, _, site in value(text, site) }
    }
    return same + [
      method("joinpath") { text, arguments, _, site in
        var result = text
        for argument in arguments.positional {
          guard let part = self.text(of: argument) else { return nil }
          result = joined(result, part)
        }
        return value(result, site)
      },
      method("__truediv__") { text, arguments, _, site in
        arguments.positional.first.flatMap { self.text(of: $0) }.map { value(joined(text, $0), site) }
      },
      method("as_posix") { text, _, _, _ in .string(text) },
      method("__str__") { text, _, _, _ in .string(text) },
      method("__fspath__") { text, _, _, _ in .string(text) },
      method("with_suffix") { text, arguments, _, site in
        arguments.positional.first?.text.map { suffix in
          value(joined(parent(text), split(name(text)).stem + suffix), site)
        }
      },
      method("with_name") { text, arguments, _, site in
        arguments.positional.first?.text.map { value(joined(parent(text), $0), site) }
      },
      method("relative_to") { text, arguments, _, site in
        guard let base = arguments.positional.first.flatMap({ self.text(of: $0) }) else { return nil }
        if base == "." { return value(text, site) }
        return text.hasPrefix(base + "/") ? value(String(text.dropFirst(base.count + 1)), site) : nil
      },
      method("is_dir") { text, _, interpreter, _ in isFolder(text, interpreter) ? .bool(true) : nil },
      method("is_file") { text, _, interpreter, _ in
        interpreter.program.modules.contains { $0.path == text } ? .bool(true) : nil
      },
      method("iterdir") { text, _, interpreter, site in
        .list(
          ListObject(children(of: text, interpreter).map { value(joined(text, $0), site) }, isOpen: false))
      },
      method("glob") { text, arguments, interpreter, site in
        arguments.positional.first?.text.map { matches(text, $0, isRecursive: false, interpreter, site) }
      },
      method("rglob") { text, arguments, interpreter, site in
        arguments.positional.first?.text.map { matches(text, $0, isRecursive: true, interpreter, site) }
      },
      method("open") { text, _, interpreter, site in opened(.string(text), interpreter, site) },
      method("read_text") { text, _, interpreter, _ in
        bytes(at: text, interpreter).map { .string(String(decoding: $0, as: UTF8.self)) }
      },
    ]
  }

  private static var functions: [NativeTable.Entry] {
    /// A function of one path that gives a text.
    func text(_ body: @escaping (String) -> String) -> NativeFunction.Body {
      { interpreter, arguments, site in
        guard let own = arguments.positional.first.flatMap({ self.text(of: $0) }) else {
          return interpreter.unknown(site)
        }
        return .string(body(own))
      }
    }
    return [
      ("builtins.open", { interpreter, arguments, site in opened(arguments.positional.first, interpreter, site) }),
      (file + ".__enter__", { _, arguments, _ in arguments.positional.first ?? .none }),
      (
        file + ".read",
        { interpreter, arguments, site in
          bytes(of: arguments.positional.first, interpreter).map { .string(String(decoding: $0, as: UTF8.self)) }
            ?? interpreter.unknown(site, "read()")
        }
      ),
      (
        "json.load",
        { interpreter, arguments, site in
          json(bytes(of: arguments.positional.first, interpreter), interpreter, site)
        }
      ),
      (
        "json.loads",
        { interpreter, arguments, site in
          json(arguments.positional.first?.text.map { Array($0.utf8) }, interpreter, site)
        }
      ),
      ("os.path.dirname", text { $0.contains("/") ? parent($0) : "" }), ("os.path.abspath", text(normalized)),
      ("os.path.realpath", text(normalized)), ("os.path.normpath", text(normalized)),
      ("os.path.basename", text(name)), ("os.fspath", text { $0 }),
      (
        "os.path.splitext",
        { interpreter, arguments, site in
          guard let own = arguments.positional.first.flatMap({ self.text(of: $0) }) else {
            return interpreter.unknown(site)
          }
          let suffix = split(name(own)).suffix
          return .tuple([.string(String(own.dropLast(suffix.count))), .string(suffix)])
        }
      ),
      (
        "os.path.join",
        { interpreter, arguments, _ in
          let known = arguments.positional.map { self.text(of: $0) }
          if !known.contains(where: { $0 == nil }) {
            let texts = known.compactMap(\.self)
            return .string(
              texts.dropFirst().reduce(texts.first ?? "") { base, part in
                part.hasPrefix("/") || base.isEmpty ? part : base.hasSuffix("/") ? base + part : base + "/" + part
              })
          }
          let pieces = arguments.positional.map { interpreter.formatted($0) }
          return interpreter.template(
            pieces.map(\.text).joined(separator: "/"), isTemplate: pieces.contains(where: \.isTemplate))
        }
      ),
      (
        "os.listdir",
        { interpreter, arguments, site in
          guard let folder = arguments.positional.first.flatMap({ self.text(of: $0) }) else {
            return .list(ListObject([], isOpen: true))
          }
          let found = children(of: normalized(folder), interpreter)
          return .list(ListObject(found.map { .string($0) }, isOpen: found.isEmpty))
        }
      ),
      (
        "pkgutil.iter_modules",
        { interpreter, arguments, site in submodules(interpreter, arguments, site, isRecursive: false) }
      ),
      (
        "pkgutil.walk_packages",
        { interpreter, arguments, site in submodules(interpreter, arguments, site, isRecursive: true) }
      ),
    ]
  }
}
