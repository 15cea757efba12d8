import MerlonFlow
import MerlonProgram
import MerlonPython
import MerlonTemplates

/// Which templates an environment of Jinja2 serves, and for which of them it escapes.
struct TemplateEnvironment: Hashable {
  /// As far as the code says them, from the root or from anywhere below it: `templates`, `shop/templates`.
  var folders: [String] = []
  var autoescape: TemplateAutoescape
  /// False where the call that made it was not found.
  var isKnown = true
}

/// Finds the environments that code renders with, and the files of their templates.
final class TemplateFiles {
  private let program: Program
  private var readers: [ReaderKey: TemplateReader] = [:]
  /// Folders of the project's modules and those around them, by their paths.
  private lazy var folders: [String] = makeFolders()
  /// Files that may still be asked for: names that are nowhere are looked for in every folder.
  private var attempts = 20_000

  private struct ReaderKey: Hashable {
    var folders: [String]
    var path: String
  }

  init(program: Program) { self.program = program }

  /// - Parameter path: the module that renders; of files with the same name the nearest counts.
  func reader(_ environment: TemplateEnvironment, near path: String) -> TemplateReader {
    let key = ReaderKey(folders: environment.folders, path: Self.parent(of: path))
    if let known = readers[key] { return known }
    let folders = Self.sorted(folders, near: key.path)
    let result = TemplateReader { [unowned self] name in file(name, environment.folders, folders) }
    readers[key] = result
    return result
  }

  // MARK: Files

  private static let usual = ["templates", "", "template", "views", "html", "app/templates", "src/templates", "static"]

  private func file(_ name: String, _ own: [String], _ folders: [String]) -> TemplateFile? {
    // Empty parts and `.` do not count (`split_template_path` of Jinja2's `loaders.py`).
    let parts = name.split(separator: "/").filter { $0 != "." }
    guard !parts.isEmpty, name.utf8.count < 300, !parts.contains("..") else {
      return nil
    }
    let name = parts.joined(separator: "/")
    for suffix in own + Self.usual.filter({ !own.contains($0) }) {
      for folder in folders {
        guard attempts > 0 else { return nil }
        attempts -= 1
        let path = [folder, suffix, name].filter { !$0.isEmpty }.joined(separator: "/")
        if let bytes = program.readFile(path, limit: TemplateReader.sizeLimit) {
          return TemplateFile(path: path, bytes: bytes)
        }
      }
    }
    return nil
  }

  private static func parent(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  private func makeFolders() -> [String] {
    var result: Set<String> = [""]
    for module in program.modules {
      var folder = Self.parent(of: module.path)
      while !folder.isEmpty, result.insert(folder).inserted { folder = Self.parent(of: folder) }
    }
    return result.sorted()
  }

  /// Folders with the most in common first, the shorter of them before the longer.
  private static func sorted(_ folders: [String], near path: String) -> [String] {
    let own = path.split(separator: "/")
    let ranked = folders.map { folder in
      let parts = folder.split(separator: "/")
      let common = zip(own, parts).prefix { $0 == $1 }.count
      return (folder: folder, common: common, rest: parts.count - common)
    }
    return ranked.sorted { ($1.common, $0.rest, $0.folder) < ($0.common, $1.rest, $1.folder) }.map(\.folder)
  }

  // MARK: Environments

  /// The environment that an expression stands for: `templates`, `env`, `self.templates`.
  func environment(of expression: NodeID, in module: Module, isStarlette: Bool) -> TemplateEnvironment {
    let unknown = TemplateEnvironment(autoescape: isStarlette ? .selected : .always, isKnown: false)
    guard let (home, call) = made(expression, in: module) else { return unknown }
    return environment(madeBy: call, in: home) ?? unknown
  }

  /// The call that made a value, through names, attributes of `self` and functions that return it.
  func made(_ expression: NodeID, in module: Module, depth: Int = 0) -> (Module, NodeID)? {
    guard depth < 8, !expression.isNone else { return nil }
    let semantics = program.semantics(of: module)
    let tree = module.tree
    for origin in semantics.origins(of: expression) {
      switch tree.kind(origin) {
      case .call:
        if let function = semantics.resolveCall(origin), case .function(let definition) = function.kind,
          let home = program.module(definition.module)
        {
          for result in home.results(of: definition.node) where home.tree.kind(result) == .return {
            if let found = made(home.tree.value(result), in: home, depth: depth + 1) { return found }
          }
          continue
        }
        return (module, origin)
      case .attribute:
        let attribute = tree.attribute(origin)
        // `templates.env` is that of `templates`.
        if tree.text(attribute.name) == "env", let found = made(attribute.value, in: module, depth: depth + 1) {
          return found
        }
        if let found = field(origin, in: module) { return made(found, in: module, depth: depth + 1) }
        if let (home, value) = semantics.assignedExpression(of: origin) {
          return made(value, in: home, depth: depth + 1)
        }
      default:
        let name = tree.kind(origin) == .name ? origin : expression
        guard let (home, value) = semantics.assignedExpression(of: name), home.id != module.id || value != expression
        else { continue }
        return made(value, in: home, depth: depth + 1)
      }
    }
    return nil
  }

  /// What `self.templates` was given in the class around.
  private func field(_ attribute: NodeID, in module: Module) -> NodeID? {
    let tree = module.tree
    let parts = tree.attribute(attribute)
    guard tree.kind(parts.value) == .name, ["self", "cls"].contains(tree.text(tree.nameID(parts.value))) else {
      return nil
    }
    let name = tree.text(parts.name)
    guard let owner = module.enclosingClass(of: attribute) else { return nil }
    return module.attributeBindings.first {
      module.name(of: $0) == name && !$0.binding.value.isNone && module.enclosingClass(of: $0.binding.value) == owner
    }?.binding.value
  }

  private func environment(madeBy call: NodeID, in module: Module) -> TemplateEnvironment? {
    let semantics = program.semantics(of: module)
    let function = module.tree.call(call).function
    let name =
      semantics.qualifiedName(of: function)?.split(separator: ".").last.map(String.init)
      ?? LastName.of(function, module.tree)
    switch name {
    case "Jinja2Templates":
      var result = TemplateEnvironment(autoescape: .selected)
      if let inner = semantics.keyword("env", of: call) {
        result = environment(of: inner, in: module, isStarlette: false)
      }
      if let directory = semantics.argument(0, "directory", of: call) { result.folders = folders(directory, module) }
      // Starlette before 1.0 handed further options on to the environment.
      if let option = semantics.keyword("autoescape", of: call) {
        result.autoescape = autoescape(option, module, otherwise: .selected)
      }
      return result
    case "Environment", "SandboxedEnvironment", "ImmutableSandboxedEnvironment", "NativeEnvironment":
      var result = TemplateEnvironment(autoescape: .never)
      if let option = semantics.keyword("autoescape", of: call) {
        result.autoescape = autoescape(option, module, otherwise: .always)
      } else if semantics.hasUnpacking(call) {
        result.autoescape = .always
      }
      if let loader = semantics.keyword("loader", of: call) { result.folders = loaderFolders(loader, module) }
      return result
    default: return nil
    }
  }

  private func loaderFolders(_ loader: NodeID, _ module: Module, depth: Int = 0) -> [String] {
    guard depth < 4, let (home, call) = made(loader, in: module) else { return [] }
    let semantics = program.semantics(of: home)
    switch LastName.of(home.tree.call(call).function, home.tree) {
    case "FileSystemLoader": return semantics.argument(0, "searchpath", of: call).map { folders($0, home) } ?? []
    case "PackageLoader":
      let package = semantics.argument(0, "package_name", of: call).flatMap { semantics.constant(of: $0)?.string }
      let path = semantics.argument(1, "package_path", of: call).flatMap { semantics.constant(of: $0)?.string }
      let folder = (package ?? "").split(separator: ".").joined(separator: "/")
      return [[folder, path ?? "templates"].filter { !$0.isEmpty }.joined(separator: "/")]
    case "ChoiceLoader":
      guard let loaders = semantics.argument(0, "loaders", of: call) else { return [] }
      return semantics.origins(of: loaders).filter { [.list, .tuple].contains(home.tree.kind($0)) }.flatMap { list in
        home.tree.elements(list).flatMap { loaderFolders($0, home, depth: depth + 1) }
      }
    default: return []
    }
  }

  /// The folders that an expression names: `"templates"`, `BASE / "shop" / "templates"`, `os.path.join(here, "views")`,
  /// each as far as its literal parts go.
  private func folders(_ expression: NodeID, _ module: Module) -> [String] {
    let semantics = program.semantics(of: module)
    var result: [String] = []
    for origin in semantics.origins(of: expression) {
      if module.tree.kind(origin) == .list || module.tree.kind(origin) == .tuple {
        for element in module.tree.elements(origin) { result += folder(element, module, 0).map { [$0] } ?? [] }
      } else if let text = folder(origin, module, 0) {
        result.append(text)
      }
    }
    return result
  }

  private func folder(_ expression: NodeID, _ module: Module, _ depth: Int) -> String? {
    guard depth < 8 else { return nil }
    let semantics = program.semantics(of: module)
    let tree = module.tree
    if let text = semantics.constant(of: expression)?.string {
      return text.split(separator: "/").filter { $0 != "." && $0 != ".." }.joined(separator: "/")
    }
    switch tree.kind(expression) {
    case .name:
      guard let (home, value) = semantics.assignedExpression(of: expression),
        home.id != module.id || value != expression
      else { return nil }
      return folder(value, home, depth + 1)
    case .binOp:
      let parts = tree.binOp(expression)
      return joined([parts.left, parts.right], module, depth)
    case .call:
      let parts = tree.call(expression)
      let arguments = Array(tree[parts.arguments])
      switch LastName.of(parts.function, tree) {
      case "join", "joinpath", "Path", "PurePath": return joined(arguments, module, depth)
      case "str", "fspath": return arguments.first.flatMap { folder($0, module, depth + 1) }
      case "resolve", "absolute", "as_posix":
        guard tree.kind(parts.function) == .attribute else { return nil }
        return folder(tree.attribute(parts.function).value, module, depth + 1)
      default: return nil
      }
    default: return nil
    }
  }

  private func joined(_ parts: [NodeID], _ module: Module, _ depth: Int) -> String? {
    // What stands in front of a part that is not known does not count.
    var result: [String] = []
    for part in parts { result = folder(part, module, depth + 1).map { result + [$0] } ?? [] }
    let text = result.filter { !$0.isEmpty }.joined(separator: "/")
    return text.isEmpty ? nil : text
  }

  private func autoescape(_ option: NodeID, _ module: Module, otherwise: TemplateAutoescape) -> TemplateAutoescape {
    let semantics = program.semantics(of: module)
    if case .bool(let isOn)? = semantics.constant(of: option) { return isOn ? .always : .never }
    guard let (home, call) = made(option, in: module),
      LastName.of(home.tree.call(call).function, home.tree) == "select_autoescape"
    else { return otherwise }
    let made = program.semantics(of: home)
    func texts(_ position: Int, _ name: String) -> [String]? {
      guard let node = made.argument(position, name, of: call) else { return nil }
      switch made.constant(of: node) {
      case .list(let values), .tuple(let values), .set(let values): return values.compactMap(\.string)
      case .string(let text): return [text]
      default: return nil
      }
    }
    var byDefault = false
    if let node = made.keyword("default", of: call), case .bool(let flag)? = made.constant(of: node) {
      byDefault = flag
    }
    return .byName(
      enabled: texts(0, "enabled_extensions") ?? ["html", "htm", "xml"],
      disabled: texts(1, "disabled_extensions") ?? [],
      otherwise: byDefault)
  }
}

/// The last name of what is called, as code spells it.
enum LastName {
  static func of(_ function: NodeID, _ tree: Tree) -> String? {
    switch tree.kind(function) {
    case .name: tree.text(tree.nameID(function))
    case .attribute: tree.text(tree.attribute(function).name)
    default: nil
    }
  }
}
