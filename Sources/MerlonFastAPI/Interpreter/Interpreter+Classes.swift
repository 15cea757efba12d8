import MerlonProgram
import MerlonPython

extension Interpreter {
  // MARK: Definition

  func defineClass(_ statement: NodeID, in frame: Frame) {
    let tree = frame.tree
    let parts = tree.classDef(statement)
    let name = tree.text(parts.name)
    let decorators = tree[parts.decorators].map { (node: $0, value: evaluate($0, in: frame)) }
    let scope = Frame(
      enclosing: frame.kind == .classBody ? frame.lexical : frame, module: frame.module, kind: .classBody)
    keep(scope)
    let parameters = bindTypeParameters(parts.typeParameters, in: scope)
    let (bases, _) = evaluateElements(tree[parts.bases], in: tree[parts.typeParameters].isEmpty ? frame : scope)
    if raised != nil || isStopping { return }
    var outer = frame
    while outer.kind == .comprehension, let next = outer.enclosing { outer = next }
    let qualified: String
    switch outer.kind {
    case .classBody: qualified = (outer.classObject?.qualifiedName).map { $0 + "." + name } ?? name
    case .function: qualified = (outer.function?.qualifiedName).map { $0 + ".<locals>." + name } ?? name
    default: qualified = name
    }
    let type = ClassObject(
      name: name, qualifiedName: qualified, moduleName: frame.module?.name ?? "", module: frame.module, node: statement)
    for keyword in tree[parts.keywords] {
      let keyword = tree.keyword(keyword)
      guard !keyword.name.isNone else { continue }
      type.keywords[tree.text(keyword.name)] = evaluate(keyword.value, in: frame)
    }
    type.bases = bases.map { CallableReference.settled($0) }
    type.order = linearized(type)
    type.bodyFrame = scope
    scope.classObject = type
    type.typeParameters = parameters.isEmpty ? typeParameters(of: type.bases) : parameters
    _ = execute(parts.body, in: scope)
    if raised != nil || isStopping { return }
    finish(type)
    var value = PythonValue.classObject(type)
    for decorator in decorators.reversed() {
      value = decorated(value, by: decorator.value, node: decorator.node, in: frame)
      if raised != nil || isStopping { return }
    }
    bind(name, value, in: frame)
  }

  /// What happens once the body was run: members of enumerations, hooks of the bases.
  func finish(_ type: ClassObject) {
    for case .classObject(let base) in type.order.dropFirst() {
      subclasses[ObjectIdentifier(base), default: []].append(type)
    }
    if isEnum(.classObject(type)) { makeMembers(of: type) }
    nameColumns(of: type)
    for name in type.namespace.names {
      guard case .instance(let object)? = type.namespace[name], case .classObject(let descriptor) = object.type,
        let hook = find("__set_name__", in: descriptor), case .function = hook.value
      else { continue }
      _ = call(hook.value, CallArguments(positional: [.instance(object), .classObject(type), .string(name)]))
    }
    for case .classObject(let base) in type.order.dropFirst() {
      guard let hook = base.namespace["__init_subclass__"] else { continue }
      guard case .function(let function) = hook else { break }
      let keywords = type.keywords.filter { $0.key != "metaclass" }.sorted { $0.key < $1.key }
      _ = callFunction(
        function,
        CallArguments(positional: [.classObject(type)], keywords: keywords.map { ($0.key, $0.value) }), at: nil)
      break
    }
  }

  /// Columns of SQLAlchemy know the attribute that they are: `Item.owner_id.name`.
  private func nameColumns(of type: ClassObject) {
    let makers = ["mapped_column(", "Column(", "relationship(", "column_property("]
    for name in type.namespace.names {
      switch type.namespace[name] {
      case .unknown(let object)? where makers.contains(where: { object.text.contains($0) }):
        type.namespace[name] = .instance(
          InstanceObject(
            type: .library("sqlalchemy.orm.attributes.InstrumentedAttribute"),
            attributes: ["name": .string(name), "key": .string(name)], site: object.site))
      case .instance(let object)?:
        guard case .library(let library) = object.type, TypeName.last(library) == "Column" else { continue }
        object.attributes["key"] = .string(name)
        object.attributes["name"] = object.arguments.positional.first?.text.map { .string($0) } ?? .string(name)
      default: continue
      }
    }
  }

  private func typeParameters(of bases: [PythonValue]) -> [PythonValue] {
    for base in bases {
      if case .generic(let generic) = base,
        generic.origin.isLibrary("typing.Generic") || generic.origin.isLibrary("typing.Protocol")
      {
        return generic.arguments
      }
    }
    var found: [PythonValue] = []
    for base in bases {
      for variable in Substitution.variables(in: base) where !found.contains(where: { $0.isSame(as: variable) }) {
        found.append(variable)
      }
    }
    return found
  }

  /// C3 order of a class, itself first; where the bases allow none, depth first.
  func linearized(_ type: ClassObject) -> [PythonValue] {
    let bases = type.bases.map(\.genericOrigin).filter {
      if case .unknown = $0 { return false }
      return !$0.isNone
    }
    var sequences: [[PythonValue]] = bases.map { order(of: $0) } + [bases]
    var result: [PythonValue] = [.classObject(type)]
    while true {
      sequences = sequences.filter { !$0.isEmpty }
      guard !sequences.isEmpty else { return result }
      let heads = sequences.compactMap(\.first)
      let next =
        heads.first { head in
          !sequences.contains { sequence in sequence.dropFirst().contains { $0.isSame(as: head) } }
        } ?? heads.first
      guard let next else { return result }
      result.append(next)
      for index in sequences.indices { sequences[index].removeAll { $0.isSame(as: next) } }
    }
  }

  /// Method resolution order of a class, itself first.
  func order(of type: PythonValue) -> [PythonValue] {
    switch type.genericOrigin {
    case .classObject(let object): return object.order.isEmpty ? [.classObject(object)] : object.order
    case .library(let name): return [.library(name)]
    default: return []
    }
  }

  // MARK: Instances

  func instantiate(
    _ type: ClassObject, _ arguments: CallArguments, at site: Site?, skipsMetaclass: Bool = false
  ) -> PythonValue {
    if type.moduleName == "builtins" { return BuiltinConstructors.make(type, arguments, self, site) }
    if isEnum(.classObject(type)) { return member(of: type, arguments, site) }
    if !skipsMetaclass, case .classObject(let meta)? = type.keywords["metaclass"] ?? inheritedMetaclass(type),
      let hook = find("__call__", in: meta), case .function = hook.value
    {
      var arguments = arguments
      arguments.positional.insert(.classObject(type), at: 0)
      return call(hook.value, arguments, at: site)
    }
    if let maker = find("__new__", in: type), case .function(let function) = maker.value {
      var all = arguments
      all.positional.insert(.classObject(type), at: 0)
      let made = callFunction(function, all, at: site)
      if case .instance(let object) = made, case .classObject(let own) = object.type,
        own === type || own.order.contains(where: { $0.isSame(as: .classObject(type)) })
      {
        initialize(object, own, arguments, at: site)
        return made
      }
      if case .unknown = made {} else { return made }
    }
    let object = newInstance(of: type, arguments: arguments, at: site)
    initialize(object, type, arguments, at: site)
    return .instance(object)
  }

  func newInstance(of type: ClassObject, arguments: CallArguments, at site: Site?) -> InstanceObject {
    let object = InstanceObject(type: .classObject(type), site: userSite(site), arguments: arguments)
    object.conditions = currentConditions
    for case .classObject(let base) in type.order where base.moduleName == "builtins" {
      switch base.name {
      case "dict": object.attributes[Self.storageKey] = .dictionary(DictionaryObject())
      case "list": object.attributes[Self.storageKey] = .list(ListObject([]))
      case "set", "frozenset": object.attributes[Self.storageKey] = .set(ListObject([]))
      case "str":
        if let text = arguments.positional.first?.text { object.attributes[Self.storageKey] = .string(text) }
      default: break
      }
    }
    return object
  }

  private func initialize(_ object: InstanceObject, _ type: ClassObject, _ arguments: CallArguments, at site: Site?) {
    if let found = find("__init__", in: type),
      !(type.hasWrittenInitializer && found.owner !== type && !found.owner.hasWrittenInitializer)
    {
      var all = arguments
      all.positional.insert(.instance(object), at: 0)
      _ = call(found.value, all, at: site)
      return
    }
    for case .classObject(let base) in type.order where base.moduleName == "builtins" {
      fillStorage(object, base, arguments, at: site)
      return
    }
    initializeByFields(object, arguments)
  }

  /// What generated `__init__`s do: the annotated fields in order, keywords by name, defaults for the rest.
  func initializeByFields(_ object: InstanceObject, _ arguments: CallArguments) {
    var positional = arguments.positional[...]
    for keyword in arguments.keywords { store(keyword.name, keyword.value, in: object) }
    guard case .classObject(let type) = object.type else { return }
    for case .classObject(let owner) in type.order.reversed() {
      for field in owner.annotations where object.attributes[field.name] == nil {
        if let value = positional.popFirst() {
          store(field.name, value, in: object)
        } else if let value = generatedDefault(of: field.name, in: type, owner) {
          store(field.name, value, in: object)
        }
      }
    }
    for name in ["__post_init__", "__attrs_post_init__"] {
      guard let hook = find(name, in: type), case .function = hook.value else { continue }
      _ = call(hook.value, CallArguments(positional: [.instance(object)]))
    }
  }

  /// What a generated `__init__` stores for a field that is not given: the default of the nearest class that has one.
  private func generatedDefault(of name: String, in type: ClassObject, _ owner: ClassObject) -> PythonValue? {
    guard let value = find(name, in: type)?.value else { return nil }
    if case .instance(let definition) = value,
      definition.type.isLibrary("dataclasses.Field") || definition.type.isLibrary("dataclasses.field")
    {
      if let value = definition.arguments["default"] { return value }
      return definition.arguments["default_factory"].map { call($0, CallArguments()) }
    }
    // The instance holds the default itself, so that a function stays a function and is no method.
    return owner.hasWrittenInitializer ? value : nil
  }

  /// Fills what an instance of a class below a builtin container holds.
  func fillStorage(_ object: InstanceObject, _ base: ClassObject, _ arguments: CallArguments, at site: Site?) {
    switch base.name {
    case "dict", "list", "set", "frozenset", "str", "int", "float", "bytes", "tuple":
      object.attributes[Self.storageKey] = BuiltinConstructors.make(base, arguments, self, site)
    default:
      object.attributes["args"] = .tuple(arguments.positional)
      for keyword in arguments.keywords { store(keyword.name, keyword.value, in: object) }
    }
  }

  func isDataClass(_ type: PythonValue) -> Bool { TypeShape(interpreter: self).isDataclass(type) }

  /// Models are described by runtime models in Python, so nothing is special here.
  func isModel(_ type: ClassObject) -> Bool { false }
  func modelMember(_ name: String, of object: InstanceObject, _ site: Site?) -> PythonValue? { nil }
  func modelClassMember(_ name: String, _ type: ClassObject, _ site: Site?) -> PythonValue? { nil }

  /// The function that runs for a member of a value of which only the class is known: where a base class leaves it to
  /// those below and the project has one class below it, that one's.
  func implementation(of name: String, _ member: PythonValue, in type: ClassObject) -> PythonValue {
    guard case .function(let function) = member, function.kind == .plain, type.module?.module?.isInstalled == false,
      isPlaceholder(function), let only = onlySubclass(of: type), let found = find(name, in: only),
      case .function = found.value
    else { return member }
    return found.value
  }

  /// A body of nothing but a docstring, `pass`, `...`, `return None` or `raise NotImplementedError`.
  private func isPlaceholder(_ function: FunctionObject) -> Bool {
    let tree = function.enclosing.tree
    guard tree.kind(function.node) == .functionDef else { return false }
    return tree[tree.functionDef(function.node).body].allSatisfy { statement in
      switch tree.kind(statement) {
      case .pass, .raise: return true
      case .expr: return tree.kind(tree.value(statement)) == .constant
      case .return:
        let value = tree.value(statement)
        return value.isNone || tree.kind(value) == .constant && tree.constantKind(value) == .none
      default: return false
      }
    }
  }

  /// The one class of the project's production code that names `type` as a base.
  private func onlySubclass(of type: ClassObject) -> ClassObject? {
    var found: ClassObject?
    program.noteQuestion(APIQuestions.subclasses, type.name)
    for module in Self.modules(withSubclassesOf: type.name, in: program) {
      program.noteLook(at: module)
      let tree = module.tree
      for statement in tree.elements(tree.root) where tree.kind(statement) == .classDef {
        let definition = tree.classDef(statement)
        guard tree[definition.bases].contains(where: { Self.baseName($0, tree) == type.name }),
          case .classObject(let below)? = run(module).frame.names[tree.text(definition.name)],
          below !== type, below.order.contains(where: { $0.isSame(as: .classObject(type)) })
        else { continue }
        if found != nil { return nil }
        found = below
      }
    }
    return found
  }

  /// Modules of production code with a class that names `name` as a base.
  static func modules(withSubclassesOf name: String, in program: Program) -> [Module] {
    program.modules.filter { module in
      let tree = module.tree
      return module.role == .production
        && tree.elements(tree.root).contains { statement in
          tree.kind(statement) == .classDef
            && tree[tree.classDef(statement).bases].contains { baseName($0, tree) == name }
        }
    }
  }

  /// `Base` of `Base`, `module.Base` and `Base[Item]`.
  private static func baseName(_ expression: NodeID, _ tree: Tree) -> String {
    var expression = expression
    if tree.kind(expression) == .subscript { expression = tree.subscript_(expression).value }
    return CandidateModules.lastName(expression, tree)
  }

  func partial(of object: InstanceObject) -> PythonValue {
    .instance(InstanceObject(type: .library("functools.partial"), site: object.site, arguments: object.arguments))
  }

  func note(_ name: String, ofClass type: ClassObject) {}

  /// A method of a string of which parts are known: what changes little keeps it as it is.
  func templateMember(_ name: String, _ object: UnknownObject) -> PythonValue {
    let keeping: Set<String> = ["strip", "rstrip", "lstrip", "lower", "removesuffix", "removeprefix", "replace"]
    return .native(
      NativeFunction(name: "builtins.str." + name) { interpreter, _, site in
        if name == "rstrip", object.text.hasSuffix("/"), object.text.count > 1 {
          return interpreter.template(String(object.text.dropLast()), isTemplate: true)
        }
        return keeping.contains(name) ? .unknown(object) : interpreter.unknown(site)
      })
  }

  // MARK: Enumerations

  func isEnum(_ type: PythonValue) -> Bool {
    guard case .classObject(let object) = type else { return false }
    if let known = object.isEnumeration { return known }
    let names: Set<String> = [
      "enum.Enum", "enum.IntEnum", "enum.StrEnum", "enum.Flag", "enum.IntFlag", "enum.ReprEnum",
    ]
    let isEnumeration = object.order.contains {
      if case .library(let name) = $0 { names.contains(name) } else { false }
    }
    object.isEnumeration = isEnumeration
    return isEnumeration
  }

  func isEnumMember(_ object: InstanceObject) -> Bool {
    guard object.attributes["_name_"] != nil else { return false }
    if object.type.isLibrary("http.HTTPStatus") { return true }
    return isEnum(object.type)
  }

  func enumMembers(_ type: ClassObject) -> [InstanceObject] {
    type.namespace.names.compactMap { name in
      guard case .instance(let object)? = type.namespace[name], case .classObject(let own) = object.type, own === type,
        object.attributes["_name_"]?.text == name
      else { return nil }
      return object
    }
  }

  private func makeMembers(of type: ClassObject) {
    var next = 1
    for name in type.namespace.names where !name.hasPrefix("_") {
      guard let value = type.namespace[name] else { continue }
      switch value {
      case .function, .classObject, .method: continue
      case .instance(let object) where object.type.isLibrary("property"): continue
      case .native: continue
      default: break
      }
      let member = InstanceObject(type: .classObject(type))
      var held = value
      if case .instance(let object) = value, object.type.isLibrary("enum.auto") {
        let isText = type.order.contains { $0.isLibrary("enum.StrEnum") || $0.isSame(as: builtins.type("str")) }
        held = isText ? .string(name.lowercased()) : .integer(next)
      }
      if let number = held.integer { next = number + 1 }
      member.attributes["_name_"] = .string(name)
      member.attributes["_value_"] = held
      type.namespace[name] = .instance(member)
      if let maker = find("__init__", in: type), case .function = maker.value {
        var arguments = [PythonValue.instance(member)]
        if case .tuple(let parts) = held { arguments += parts } else { arguments.append(held) }
        _ = call(maker.value, CallArguments(positional: arguments))
      }
    }
  }

  private func member(of type: ClassObject, _ arguments: CallArguments, _ site: Site?) -> PythonValue {
    guard let value = arguments.positional.first else { return unknown(site) }
    for object in enumMembers(type) {
      if let held = object.attributes["_value_"], equal(held, value) == true { return .instance(object) }
    }
    if case .instance(let object) = value, isEnumMember(object) { return value }
    return unknown(site, type: .classObject(type))
  }

  // MARK: Relations

  /// `issubclass` by dotted name, through classes of the project, runtime models and libraries.
  func isSubclass(_ type: PythonValue, of name: String) -> Bool {
    switch type.genericOrigin {
    case .classObject(let object):
      let key = SubclassKey(type: ObjectIdentifier(object), name: name)
      if let known = subclassDecisions[key] { return known }
      let isBelow = order(of: type).contains { ancestor in
        switch ancestor {
        case .classObject(let base): isNamed(base.fullName, name)
        case .library(let library): isLibrary(library, below: name)
        default: false
        }
      }
      subclassDecisions[key] = isBelow
      return isBelow
    case .library(let library): return isLibrary(library, below: name)
    case .native(let function): return isNamed(TypeName.canonical(function.name), name)
    default: return false
    }
  }

  private func isNamed(_ own: String, _ wanted: String) -> Bool {
    own == wanted || Self.virtualBases[own]?.contains(wanted) == true
  }

  /// What builtin classes are registered as in `collections.abc`.
  private static let virtualBases: [String: Set<String>] = [
    "dict": ["collections.abc.Mapping", "collections.abc.MutableMapping"],
    "list": ["collections.abc.Sequence", "collections.abc.MutableSequence"], "tuple": ["collections.abc.Sequence"],
    "str": ["collections.abc.Sequence"], "bytes": ["collections.abc.Sequence"], "bool": ["int"],
    "enum.StrEnum": ["enum.Enum", "str", "collections.abc.Sequence"], "enum.IntEnum": ["enum.Enum", "int"],
    "enum.Flag": ["enum.Enum"], "enum.IntFlag": ["enum.Enum", "int"], "enum.ReprEnum": ["enum.Enum"],
    "typing.TypedDict": ["dict", "collections.abc.Mapping"],
    "typing.NamedTuple": ["tuple", "collections.abc.Sequence"],
  ]

  private func isLibrary(_ library: String, below name: String) -> Bool {
    if library == name || isNamed(TypeName.canonical(library), name) { return true }
    guard library.contains("."), !library.hasPrefix("typing."), !library.hasPrefix("builtins.") else { return false }
    let key = library + "<" + name
    if let known = libraryDecisions[key] { return known }
    let isBelow = program.isSubclass(TypeReference(library), of: name)
    libraryDecisions[key] = isBelow
    return isBelow
  }

  /// The class of a value; unknown where it is not known.
  func type(of value: PythonValue) -> PythonValue {
    switch value {
    case .instance(let object): return object.type
    case .classObject(let type): return type.keywords["metaclass"] ?? inheritedMetaclass(type) ?? builtins.type("type")
    case .unknown(let object): return object.type ?? .unknown(UnknownObject(text: "type(\(object.text))"))
    case .function, .method, .native: return .library("types.FunctionType")
    case .module: return .library("types.ModuleType")
    default: return builtinTypeName(value).map { builtins.type($0) } ?? .unknown(UnknownObject(text: "type"))
    }
  }

  func builtinTypeName(_ value: PythonValue) -> String? {
    switch value {
    case .none: "NoneType"
    case .bool: "bool"
    case .integer: "int"
    case .double: "float"
    case .string: "str"
    case .bytes: "bytes"
    case .list: "list"
    case .tuple: "tuple"
    case .set: "set"
    case .dictionary: "dict"
    default: nil
    }
  }

  /// `isinstance`; nil when it is not known.
  func isInstance(_ value: PythonValue, of type: PythonValue) -> Bool? {
    switch type {
    case .tuple(let types): return any(types.map { isInstance(value, of: $0) })
    case .either(let types): return any(types.map { isInstance(value, of: $0) })
    case .generic(let generic):
      if case .union(let members) = TypeForm(type) { return any(members.map { isInstance(value, of: $0) }) }
      return isInstance(value, of: generic.origin)
    case .unknown: return nil
    default: break
    }
    if case .either(let values) = value {
      let results = values.map { isInstance($0, of: type) }
      guard let first = results.first, results.allSatisfy({ $0 == first }) else { return nil }
      return first
    }
    guard let name = type.isNone ? "NoneType" : TypeName.canonical(of: type) else { return nil }
    if name == "object" { return true }
    switch value {
    case .unknown(let object):
      guard let own = object.type else { return nil }
      return isSubclass(own, of: name) ? true : nil
    case .library: return nil
    case .instance(let object):
      if isSubclass(object.type, of: name) { return true }
      if case .library = object.type { return nil }
      return isClosed(object.type) ? false : nil
    case .function, .method, .native:
      return ["types.FunctionType", "types.MethodType", "collections.abc.Callable", "types.BuiltinFunctionType"]
        .contains(name)
    case .classObject: return name == "type" || isSubclass(self.type(of: value), of: name)
    case .module: return name == "types.ModuleType"
    case .generic: return name == "type" ? false : name.hasPrefix("typing.") || name.hasPrefix("types.")
    default:
      guard let own = builtinTypeName(value) else { return nil }
      return own == name || isNamed(own, name)
        || ["collections.abc.Iterable", "collections.abc.Collection", "collections.abc.Sized"].contains(name)
          && ["list", "tuple", "set", "dict", "str"].contains(own)
    }
  }

  private func isClosed(_ type: PythonValue) -> Bool {
    guard case .classObject(let object) = type else { return false }
    return isClosed(object)
  }

  private func any(_ results: [Bool?]) -> Bool? {
    if results.contains(true) { return true }
    return results.contains { $0 == nil } ? nil : false
  }
}

/// A question that `isSubclass` has answered.
struct SubclassKey: Hashable {
  let type: ObjectIdentifier
  let name: String
}

extension PythonValue {
  /// The class behind a subscripted type; the value itself otherwise.
  var genericOrigin: PythonValue {
    if case .generic(let generic) = self { return generic.origin.genericOrigin }
    return self
  }
}
