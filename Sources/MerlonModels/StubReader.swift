import MerlonBase
import MerlonCatalog
import MerlonPython

/// Reads one library model: a Python stub file whose decorators and annotations carry concepts and roles.
///
/// What is read: `def`, `async def`, `class` (with methods and annotated attributes), annotated names, and imports,
/// which are re-exports. Everything else in the file is an error, because a model is data.
struct StubReader {
  /// What one file declares, names still as the file spells them.
  struct Output {
    /// Declared entities by dotted name; types and bases are dotted names that may still be aliases.
    var entities: [LibraryEntity] = []
    /// Re-exports: dotted name here to dotted name there.
    var aliases: [(name: String, target: String)] = []
    var rules: [OwnRule] = []
    var problems: [Problem] = []
  }

  let path: String
  private let module: String
  private let isPackage: Bool
  let tree: Tree
  var output = Output()
  /// Names that the module defines or imports, to their dotted names.
  private var scope: [String: String] = [:]

  init(path: String, bytes: [UInt8]) {
    self.path = path
    var parts = path.split(separator: "/").map(String.init)
    var isPackage = false
    if var last = parts.popLast() {
      if last.hasSuffix(".pyi") { last.removeLast(4) }
      isPackage = last == "__init__"
      if !isPackage { parts.append(last) }
    }
    self.module = parts.joined(separator: ".")
    self.isPackage = isPackage
    self.tree = PythonParser.parse(bytes)
  }

  mutating func read() -> Output {
    for diagnostic in tree.diagnostics { report(diagnostic.range, diagnostic.message) }
    let body = tree.elements(tree.root)
    for statement in body { bind(statement) }
    for statement in body { declare(statement, in: module) }
    return output
  }

  /// First pass: what each module-level name means, so that types can be named before they are declared.
  private mutating func bind(_ statement: NodeID) {
    switch tree.kind(statement) {
    case .functionDef, .asyncFunctionDef:
      let name = tree.text(tree.functionDef(statement).name)
      scope[name] = "\(module).\(name)"
    case .classDef:
      let name = tree.text(tree.classDef(statement).name)
      scope[name] = "\(module).\(name)"
    case .annAssign:
      let target = tree.annAssign(statement).target
      if tree.kind(target) == .name {
        let name = tree.text(tree.nameID(target))
        scope[name] = "\(module).\(name)"
      }
    case .import:
      for alias in tree.elements(statement) {
        let alias = tree.alias(alias)
        let name = tree.text(alias.name)
        if alias.asName.isNone {
          let first = name.split(separator: ".").first.map(String.init) ?? name
          scope[first] = first
        } else {
          scope[tree.text(alias.asName)] = name
        }
      }
    case .importFrom:
      let statement = tree.importFrom(statement)
      var source = tree.text(statement.module)
      if statement.level > 0 {
        var parts = module.split(separator: ".").map(String.init)
        for _ in 0..<(statement.level - (isPackage ? 1 : 0)) where !parts.isEmpty { parts.removeLast() }
        if !source.isEmpty { parts.append(source) }
        source = parts.joined(separator: ".")
      }
      for alias in tree[statement.names] {
        let alias = tree.alias(alias)
        let name = tree.text(alias.name)
        let local = alias.asName.isNone ? name : tree.text(alias.asName)
        scope[local] = "\(source).\(name)"
        if source != "merlon", source != "typing" { output.aliases.append(("\(module).\(local)", "\(source).\(name)")) }
      }
    default: break
    }
  }

  private mutating func declare(_ statement: NodeID, in owner: String) {
    switch tree.kind(statement) {
    case .import, .importFrom, .pass: break
    case .functionDef, .asyncFunctionDef: declareFunction(statement, in: owner)
    case .classDef: declareClass(statement, in: owner)
    case .annAssign: declareConstant(statement, in: owner)
    case .expr:
      // Docstrings and `...` bodies.
      if tree.kind(tree.value(statement)) != .constant { report(tree.range(statement), "a model holds no code") }
    case .none, .errorStatement: break
    default: report(tree.range(statement), "a model holds functions, classes, annotated names and imports only")
    }
  }

  private mutating func declareFunction(_ id: NodeID, in owner: String) {
    let function = tree.functionDef(id)
    let name = tree.text(function.name)
    let isMethod = owner != module
    var entity = LibraryEntity(
      kind: .function, name: "\(owner).\(name)", concepts: [], marks: [], parameters: [], returns: nil, type: nil,
      bases: [])
    var isStatic = false
    for decorator in tree[function.decorators] {
      if let decoratorName = plainName(decorator) {
        if decoratorName == "propagates" {
          entity.propagates = true
          continue
        }
        if decoratorName == "staticmethod" { isStatic = true }
        if decoratorName == "property" { entity.kind = .constant }
        if !["staticmethod", "classmethod", "property", "overload", "abstractmethod"].contains(decoratorName) {
          report(tree.range(decorator), "unknown decorator `\(decoratorName)` in a model")
        }
      } else {
        readConcepts(decorator, into: &entity)
      }
    }
    entity.parameters = parameters(function.arguments)
    if isMethod, !isStatic, !entity.parameters.isEmpty { entity.parameters.removeFirst() }
    let type = typeName(function.returns)
    if entity.kind == .constant { entity.type = type } else { entity.returns = type }
    entity.path = path
    entity.position = tree.position(tree.range(id).start)
    output.entities.append(entity)
  }

  private mutating func declareClass(_ id: NodeID, in owner: String) {
    let definition = tree.classDef(id)
    let name = "\(owner).\(tree.text(definition.name))"
    var entity = LibraryEntity(
      kind: .class, name: name, concepts: [], marks: [], parameters: [], returns: name, type: nil,
      bases: tree[definition.bases].compactMap(typeName))
    for decorator in tree[definition.decorators] {
      if tree.kind(decorator) == .call, plainName(tree.call(decorator).function) == "rule" {
        declareRule(decorator, on: definition)
        return
      }
      readConcepts(decorator, into: &entity)
    }
    for statement in tree[definition.body] {
      if tree.kind(statement) == .functionDef,
        tree.text(tree.functionDef(statement).name) == "__init__"
      {
        entity.parameters = Array(parameters(tree.functionDef(statement).arguments).dropFirst())
      } else {
        declare(statement, in: name)
      }
    }
    entity.path = path
    entity.position = tree.position(tree.range(id).start)
    output.entities.append(entity)
  }

  private mutating func declareConstant(_ id: NodeID, in owner: String) {
    let statement = tree.annAssign(id)
    guard tree.kind(statement.target) == .name else {
      report(tree.range(statement.target), "expected a plain name")
      return
    }
    var entity = LibraryEntity(
      kind: .constant, name: "\(owner).\(tree.text(tree.nameID(statement.target)))", concepts: [], marks: [],
      parameters: [], returns: nil, type: typeName(statement.annotation), bases: [])
    for metadata in annotatedMetadata(statement.annotation) { readConcepts(metadata, into: &entity) }
    entity.path = path
    entity.position = tree.position(tree.range(id).start)
    output.entities.append(entity)
  }

  private mutating func parameters(_ id: NodeID) -> [LibraryParameter] {
    let arguments = tree.arguments(id)
    var result: [LibraryParameter] = []
    let positionalOnly = tree[arguments.positionalOnly]
    let positional = tree[arguments.positional]
    let firstDefault = positionalOnly.count + positional.count - tree[arguments.defaults].count
    for (index, arg) in positionalOnly.enumerated() {
      result.append(parameter(arg, .positionalOnly, hasDefault: index >= firstDefault))
    }
    for (index, arg) in positional.enumerated() {
      result.append(parameter(arg, .positional, hasDefault: positionalOnly.count + index >= firstDefault))
    }
    if !arguments.variadic.isNone { result.append(parameter(arguments.variadic, .variadic, hasDefault: true)) }
    for (arg, value) in zip(tree[arguments.keywordOnly], tree[arguments.keywordDefaults]) {
      result.append(parameter(arg, .keywordOnly, hasDefault: !value.isNone))
    }
    if !arguments.keywordVariadic.isNone {
      result.append(parameter(arguments.keywordVariadic, .keywordVariadic, hasDefault: true))
    }
    return result
  }

  private mutating func parameter(
    _ id: NodeID, _ kind: LibraryParameter.Kind, hasDefault: Bool
  ) -> LibraryParameter {
    let arg = tree.arg(id)
    var result = LibraryParameter(name: tree.text(arg.name), kind: kind, role: nil, hasDefault: hasDefault)
    for metadata in annotatedMetadata(arg.annotation) {
      guard tree.kind(metadata) == .call, let mark = plainName(tree.call(metadata).function),
        let first = tree[tree.call(metadata).arguments].first, let name = tree.stringValue(first)
      else {
        report(tree.range(metadata), "expected `Role(\"name\")` or `Sink(\"kind\")`")
        continue
      }
      switch mark {
      case "Role": result.role = Role(name)
      case "Sink": result.sinks.append(SinkKind(rawValue: name))
      default: report(tree.range(metadata), "expected `Role(\"name\")` or `Sink(\"kind\")`")
      }
    }
    return result
  }

  /// `@concept("name", "mark", …)` and `Concept("name", …)`.
  ///
  /// And what flows: `@source("kind")`, `@sanitizer("kind", …)`.
  private mutating func readConcepts(_ expression: NodeID, into entity: inout LibraryEntity) {
    if tree.kind(expression) == .call, let mark = plainName(tree.call(expression).function),
      mark == "source" || mark == "sanitizer"
    {
      for argument in tree[tree.call(expression).arguments] {
        guard let kind = tree.stringValue(argument) else {
          report(tree.range(argument), "expected a string")
          continue
        }
        if mark == "source" { entity.source = kind } else { entity.cleans.insert(kind) }
      }
      return
    }
    guard tree.kind(expression) == .call, ["concept", "Concept"].contains(plainName(tree.call(expression).function))
    else {
      report(tree.range(expression), "expected `concept(\"name\")`, `source(\"kind\")` or `sanitizer(\"kind\")`")
      return
    }
    for (index, argument) in tree[tree.call(expression).arguments].enumerated() {
      guard let text = tree.stringValue(argument) else {
        report(tree.range(argument), "expected a string")
        continue
      }
      if index > 0 {
        entity.marks.insert(text)
      } else if let concept = Concept(rawValue: text) {
        entity.concepts.insert(concept)
      } else {
        report(tree.range(argument), "unknown concept `\(text)`")
      }
    }
  }

  private func plainName(_ id: NodeID) -> String? {
    tree.kind(id) == .name ? tree.text(tree.nameID(id)) : nil
  }

  /// The metadata of `Annotated[type, metadata…]`.
  private func annotatedMetadata(_ annotation: NodeID) -> ArraySlice<NodeID> {
    guard tree.kind(annotation) == .subscript, plainName(tree.subscript_(annotation).value) == "Annotated" else {
      return []
    }
    let slice = tree.subscript_(annotation).slice
    guard tree.kind(slice) == .tuple else { return [] }
    return Array(tree.elements(slice)).dropFirst()
  }

  /// The dotted name of a type: the wrapped type of `Annotated`, `Optional` and `X | None`, generics without arguments.
  private func typeName(_ annotation: NodeID) -> String? {
    var annotation = annotation
    for _ in 0..<16 {
      switch tree.kind(annotation) {
      case .name:
        let name = tree.text(tree.nameID(annotation))
        return scope[name] ?? (name == "Any" ? nil : "builtins.\(name)")
      case .attribute:
        var parts: [String] = []
        while tree.kind(annotation) == .attribute {
          let attribute = tree.attribute(annotation)
          parts.append(tree.text(attribute.name))
          annotation = attribute.value
        }
        guard tree.kind(annotation) == .name else { return nil }
        let first = tree.text(tree.nameID(annotation))
        return ([scope[first] ?? first] + parts.reversed()).joined(separator: ".")
      case .subscript:
        let part = tree.subscript_(annotation)
        let name = plainName(part.value)
        if name == "Annotated", tree.kind(part.slice) == .tuple, let first = tree.elements(part.slice).first {
          annotation = first
        } else if name == "Optional" {
          annotation = part.slice
        } else {
          annotation = part.value
        }
      case .binOp: annotation = tree.binOp(annotation).left
      default: return nil
      }
    }
    return nil
  }

  mutating func report(_ range: TextRange, _ message: String) {
    output.problems.append(Problem(path: path, position: tree.position(range.start), message: message))
  }
}
