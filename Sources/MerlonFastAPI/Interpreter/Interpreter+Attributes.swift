import MerlonProgram
import MerlonPython

extension Interpreter {
  /// Where instances of classes that extend `dict`, `list`, `str`… keep what they hold.
  static let storageKey = "__merlon_storage__"

  /// `getattr`; nil when the attribute certainly does not exist.
  func attribute(_ name: String, of value: PythonValue) -> PythonValue? { attribute(name, of: value, site: nil) }

  func attribute(_ name: String, of value: PythonValue, site: Site?) -> PythonValue? {
    switch value {
    case .module(let module): return attribute(name, ofModule: module)
    case .instance(let object): return attribute(name, ofInstance: object, value, site: site)
    case .classObject(let type): return attribute(name, ofClass: type, site: site)
    case .function(let function): return attribute(name, ofFunction: function)
    case .method(let method): return attribute(name, ofMethod: method)
    case .library(let library): return resolveLibrary(library + "." + name)
    case .generic(let generic): return attribute(name, ofGeneric: generic, site: site)
    case .either(let values):
      let results = values.compactMap { attribute(name, of: $0, site: site) }
      return results.isEmpty ? nil : PythonValue.join(results)
    case .unknown(let object): return attribute(name, ofUnknown: object, value, site: site)
    case .typeParameter(let parameter):
      switch name {
      case "__name__": return .string(parameter.name)
      case "__value__", "__bound__": return parameter.value() ?? PythonValue.none
      case "__constraints__": return .tuple([])
      case "args", "kwargs": return unknown(site, parameter.name + "." + name)
      default: return nil
      }
    case .native(let function):
      switch name {
      case "__name__", "__qualname__": return .string(lastPart(function.name))
      case "__module__": return .string(String(function.name.dropLast(lastPart(function.name).count + 1)))
      case "__doc__": return PythonValue.none
      default: return resolveLibrary(function.name + "." + name, orNil: true)
      }
    case .tuple(let elements):
      // `sys.version_info` is the one tuple with names that the interpreter makes.
      if elements.count == 5, case .string("final") = elements[3] {
        let names = ["major", "minor", "micro", "releaselevel", "serial"]
        if let index = names.firstIndex(of: name) { return elements[index] }
      }
      return builtinMember(name, of: value)
    default: return builtinMember(name, of: value)
    }
  }

  func lastPart(_ name: String) -> String {
    name.lastIndex(of: ".").map { String(name[name.index(after: $0)...]) } ?? name
  }

  /// A method of a builtin type, bound to `value`.
  private func builtinMember(_ name: String, of value: PythonValue) -> PythonValue? {
    if name == "__class__" { return type(of: value) }
    guard let typeName = builtinTypeName(value) else { return nil }
    if let method = BuiltinMethods.method(name, of: typeName) {
      return .native(
        NativeFunction(name: "builtins.\(typeName).\(name)") { interpreter, arguments, site in
          method(interpreter, value, arguments, site) ?? interpreter.unknown(site, name)
        })
    }
    if name == "__doc__" { return PythonValue.none }
    if name == "real", typeName == "int" { return value }
    guard BuiltinMethods.unmodelled(typeName).contains(name) else { return nil }
    return .unknown(UnknownObject(text: displayText(value) + "." + name))
  }

  private func attribute(_ name: String, ofModule module: ModuleObject) -> PythonValue? {
    if name == "__dict__" {
      return .dictionary(
        DictionaryObject(module.frame.names.sorted { $0.key < $1.key }.map { (.string($0.key), $0.value) }))
    }
    if let value = module.frame.names[name] { return value }
    if let late = module.frame.late[name] {
      module.frame.late[name] = nil
      if let value = late() {
        module.frame.names[name] = value
        return value
      }
    }
    if let sub = module.submodules[name] { return .module(sub) }
    switch name {
    case "__name__": return .string(module.name)
    case "__file__": return .string(module.module?.path ?? "")
    case "__package__": return .string(module.packageName)
    case "__doc__": return PythonValue.none
    case "__path__": return module.module?.isPackage ?? true ? .list(ListObject([.module(module)])) : nil
    default: break
    }
    for body in module.takeDeferred() { _ = execute(body, in: module.frame) }
    if let value = module.frame.names[name] { return value }
    if let hook = module.frame.names["__getattr__"], case .function = hook {
      return call(hook, CallArguments(positional: [.string(name)]), at: nil)
    }
    return nil
  }

  private func attribute(_ name: String, ofFunction function: FunctionObject) -> PythonValue? {
    if let value = function.attributes[name] { return value }
    if function.kind == .property, let value = propertyMember(name, function) { return value }
    switch name {
    case "__name__": return .string(function.name)
    case "__qualname__": return .string(function.qualifiedName)
    case "__module__": return .string(function.module.name)
    case "__doc__": return documentation(function.node, function.enclosing.tree)
    case "__dict__":
      return .dictionary(
        DictionaryObject(function.attributes.sorted { $0.key < $1.key }.map { (.string($0.key), $0.value) }))
    case "__annotations__":
      // One dictionary: code that changes it changes the function.
      let value = annotations(of: function)
      function.attributes[name] = value
      return value
    case "__defaults__", "__kwdefaults__", "__closure__", "__code__", "__globals__", "__get__", "__type_params__":
      return .unknown(UnknownObject(text: function.name + "." + name))
    case "__class__": return .library("types.FunctionType")
    case "__call__": return .function(function)
    case "__func__" where function.kind != .plain: return .function(function)
    default: return nil
    }
  }

  private func propertyMember(_ name: String, _ function: FunctionObject) -> PythonValue? {
    switch name {
    case "setter", "deleter", "getter":
      return .native(
        NativeFunction(name: "builtins.property.\(name)") { _, arguments, _ in
          if name == "setter", let setter = arguments.positional.first { function.attributes["fset"] = setter }
          return .function(function)
        })
    case "fget": return .function(function)
    default: return nil
    }
  }

  private func attribute(_ name: String, ofMethod method: MethodObject) -> PythonValue? {
    switch name {
    case "__func__": return method.function
    case "__self__": return method.receiver
    default: return attribute(name, of: method.function)
    }
  }

  private func attribute(_ name: String, ofGeneric generic: GenericObject, site: Site?) -> PythonValue? {
    switch name {
    case "__origin__": return generic.origin
    case "__args__": return .tuple(generic.arguments)
    case "__metadata__" where generic.origin.isLibrary("typing.Annotated"):
      return .tuple(Array(generic.arguments.dropFirst()))
    case "__parameters__":
      return .tuple(generic.arguments.filter { if case .typeParameter = $0 { true } else { false } })
    default: return attribute(name, of: generic.origin, site: site)
    }
  }

  // MARK: Classes

  /// Where a class or one of its bases defines a name; nil when none does. `isHidden` says that a base without source
  /// comes before and might define it too.
  func find(_ name: String, in type: ClassObject) -> (value: PythonValue, owner: ClassObject, isHidden: Bool)? {
    var isHidden = false
    for base in type.order {
      switch base {
      case .classObject(let owner):
        if let value = owner.namespace[name] { return (value, owner, isHidden) }
      case .library(let name): if !name.hasPrefix("typing.") && name != "abc.ABC" { isHidden = true }
      default: continue
      }
    }
    return nil
  }

  /// True when all classes that a class inherits from are known.
  func isClosed(_ type: ClassObject) -> Bool {
    type.order.allSatisfy { base in
      guard case .library(let name) = base else { return true }
      return name.hasPrefix("typing.") || name == "abc.ABC" || name.hasPrefix("enum.")
    }
  }

  private func attribute(_ name: String, ofClass type: ClassObject, site: Site?) -> PythonValue? {
    if let found = find(name, in: type) {
      switch found.value {
      case .function(let function):
        if function.kind == .classMethod {
          return .method(MethodObject(function: found.value, receiver: .classObject(type)))
        }
        return found.value
      case .instance(let object) where object.type.isLibrary("builtins.classmethod"):
        return .method(
          MethodObject(function: object.attributes["__func__"] ?? .none, receiver: .classObject(type)))
      case .instance(let object) where object.type.isLibrary("builtins.staticmethod"):
        return object.attributes["__func__"]
      case .instance(let object):
        if case .classObject(let descriptor) = object.type, let getter = find("__get__", in: descriptor) {
          return call(getter.value, CallArguments(positional: [found.value, .none, .classObject(type)]), at: site)
        }
        return found.value
      default: return found.value
      }
    }
    switch name {
    case "__name__": return .string(type.name)
    case "__qualname__": return .string(type.qualifiedName)
    case "__module__": return .string(type.moduleName)
    case "__doc__": return type.node.isNone ? PythonValue.none : documentation(type.node, type.bodyFrame?.tree)
    case "__mro__": return .tuple(type.order)
    case "mro": return .native(NativeFunction(name: "type.mro") { _, _, _ in .list(ListObject(type.order)) })
    case "__bases__":
      return .tuple(type.bases.isEmpty ? [.classObject(builtins.object)] : type.bases.map(\.genericOrigin))
    case "__orig_bases__": return .tuple(type.bases)
    case "__base__": return type.bases.first?.genericOrigin ?? .classObject(builtins.object)
    case "__class__": return type.keywords["metaclass"] ?? builtins.type("type")
    case "__dict__":
      var entries: [(key: PythonValue, value: PythonValue)] = type.namespace.names.compactMap { key in
        type.namespace[key].map { (.string(key), $0) }
      }
      if !type.annotations.isEmpty { entries.append((.string("__annotations__"), annotations(of: type))) }
      return .dictionary(DictionaryObject(entries))
    case "__annotations__": return annotations(of: type)
    case "__subclasses__":
      return .native(
        NativeFunction(name: "type.__subclasses__") { interpreter, _, _ in
          .list(ListObject((interpreter.subclasses[ObjectIdentifier(type)] ?? []).map { .classObject($0) }))
        })
    case "__members__" where isEnum(.classObject(type)):
      let members = enumMembers(type)
      return .dictionary(DictionaryObject(members.map { ($0.attributes["_name_"] ?? .none, .instance($0)) }))
    case "__init__", "__new__", "__init_subclass__", "__setattr__", "__getattribute__":
      return .native(
        NativeFunction(name: "builtins.object.\(name)") { interpreter, arguments, site in
          guard name == "__new__" else { return .none }
          guard case .classObject(let made)? = arguments.positional.first else { return interpreter.unknown(site) }
          return .instance(interpreter.newInstance(of: made, arguments: CallArguments(), at: site))
        })
    default: break
    }
    if case .classObject(let meta)? = type.keywords["metaclass"] ?? inheritedMetaclass(type),
      let found = find(name, in: meta)
    {
      return bound(found.value, to: .classObject(type), type: meta, site: site)
    }
    if type.moduleName == "builtins" || type.order.contains(where: { builtins.isBuiltinContainer($0) }) {
      if let method = builtinClassMember(name, of: type) { return method }
    }
    if isModel(type), let value = modelClassMember(name, type, site) { return value }
    return isClosed(type) ? nil : unknown(site, type.name + "." + name)
  }

  func inheritedMetaclass(_ type: ClassObject) -> PythonValue? {
    for case .classObject(let base) in type.order {
      if let meta = base.keywords["metaclass"] { return meta }
    }
    return nil
  }

  /// `str.upper`, `dict.fromkeys`: a method of a builtin class that takes its object as first argument.
  private func builtinClassMember(_ name: String, of type: ClassObject) -> PythonValue? {
    for case .classObject(let base) in type.order where base.moduleName == "builtins" {
      if base.name == "dict", name == "fromkeys" {
        return .native(
          NativeFunction(name: "builtins.dict.fromkeys") { interpreter, arguments, site in
            guard let keys = arguments.positional.first else { return interpreter.unknown(site) }
            let result = DictionaryObject()
            let (elements, isOpen) = interpreter.iterate(keys, site: site)
            for key in elements {
              interpreter.set(key, arguments.positional.count > 1 ? arguments.positional[1] : .none, in: result)
            }
            result.isOpen = isOpen
            return .dictionary(result)
          })
      }
      guard let method = BuiltinMethods.method(name, of: base.name) else { continue }
      return .native(
        NativeFunction(name: "builtins.\(base.name).\(name)") { interpreter, arguments, site in
          var rest = arguments
          guard !rest.positional.isEmpty else { return interpreter.unknown(site) }
          let receiver = rest.positional.removeFirst()
          let held = interpreter.storage(of: receiver) ?? receiver
          return method(interpreter, held, rest, site) ?? interpreter.unknown(site)
        })
    }
    return nil
  }

  // MARK: Instances

  /// What an instance of a class that extends a builtin container holds.
  func storage(of value: PythonValue) -> PythonValue? {
    if case .instance(let object) = value { return object.attributes[Self.storageKey] }
    return nil
  }

  private func attribute(_ name: String, ofInstance object: InstanceObject, _ value: PythonValue, site: Site?)
    -> PythonValue?
  {
    guard case .classObject(let type) = object.type else {
      if object.type.isLibrary("builtins.super") { return superAttribute(name, object, site: site) }
      return attribute(name, ofLibraryInstance: object, value, site: site)
    }
    let found = find(name, in: type)
    if let found, case .function(let function) = found.value, function.kind == .property {
      return propertyValue(function, of: value, name: name, site: site)
    }
    if let own = object.attributes[name] { return own }
    if let found { return bound(found.value, to: value, type: type, site: site) }
    switch name {
    case "__class__": return object.type
    case "__dict__": return .dictionary(dictionary(of: object))
    case "__doc__": return attribute(name, ofClass: type, site: site)
    case "__module__": return .string(type.moduleName)
    case "name", "value", "_name_", "_value_":
      if isEnumMember(object) { return object.attributes["_" + name.filter { $0 != "_" } + "_"] }
    case "__init__", "__setattr__", "__init_subclass__", "__eq__", "__hash__", "__repr__", "__str__",
      "__getattribute__":
      if let native = objectMethod(name, of: object) { return native }
    default: break
    }
    if let held = object.attributes[Self.storageKey], let method = builtinMember(name, of: held) { return method }
    if isEnumMember(object), let held = object.attributes["_value_"], let method = builtinMember(name, of: held) {
      return method
    }
    if let value = fieldWithoutValue(name, type, site) { return value }
    if isModel(type), let value = modelMember(name, of: object, site) { return value }
    if let hook = find("__getattr__", in: type) {
      return call(
        bound(hook.value, to: value, type: type, site: site), CallArguments(positional: [.string(name)]), at: site)
    }
    if !object.arguments.isOpen, isClosed(type) { return nil }
    return unknown(site, displayText(value) + "." + name)
  }

  private func objectMethod(_ name: String, of object: InstanceObject) -> PythonValue? {
    .native(
      NativeFunction(name: "builtins.object.\(name)") { interpreter, arguments, site in
        switch name {
        case "__setattr__":
          if arguments.positional.count == 2, let key = arguments.positional[0].text {
            interpreter.note(key, of: object)
            object.attributes[key] = arguments.positional[1]
          }
          return .none
        case "__init__":
          interpreter.initializeByFields(object, arguments)
          return .none
        case "__repr__", "__str__": return interpreter.unknown(site, name, type: interpreter.builtins.type("str"))
        default: return .none
        }
      })
  }

  func dictionary(of object: InstanceObject) -> DictionaryObject {
    let fields = object.attributeOrder.filter { object.attributes[$0] != nil && $0 != Self.storageKey }
    let rest = object.attributes.keys.filter { $0 != Self.storageKey && !object.attributeOrder.contains($0) }.sorted()
    return DictionaryObject((fields + rest).compactMap { key in object.attributes[key].map { (.string(key), $0) } })
  }

  /// The value of a property; properties that can't be run are unknown of the annotated type.
  private func propertyValue(_ function: FunctionObject, of value: PythonValue, name: String, site: Site?)
    -> PythonValue
  {
    if case .instance(let object) = value, function.attributes["__merlon_cached__"] != nil {
      if let cached = object.attributes[name] { return cached }
      let result = callFunction(function, CallArguments(positional: [value]), at: site)
      object.attributes[name] = result
      return result
    }
    return callFunction(function, CallArguments(positional: [value]), at: site)
  }

  /// What reading a class attribute through an instance gives: functions become methods.
  func bound(_ member: PythonValue, to value: PythonValue, type: ClassObject, site: Site?) -> PythonValue {
    switch member {
    case .function(let function):
      switch function.kind {
      case .plain: return .method(MethodObject(function: member, receiver: value))
      case .classMethod:
        return .method(MethodObject(function: member, receiver: self.type(of: value)))
      case .staticMethod: return member
      case .property: return propertyValue(function, of: value, name: function.name, site: site)
      }
    case .instance(let object):
      if object.type.isLibrary("builtins.classmethod") {
        return .method(MethodObject(function: object.attributes["__func__"] ?? .none, receiver: .classObject(type)))
      }
      if object.type.isLibrary("builtins.staticmethod") { return object.attributes["__func__"] ?? member }
      if object.type.isLibrary("functools.partialmethod") {
        return .method(MethodObject(function: partial(of: object), receiver: value))
      }
      if case .classObject(let descriptor) = object.type, let getter = find("__get__", in: descriptor) {
        return call(getter.value, CallArguments(positional: [member, value, .classObject(type)]), at: site)
      }
      return member
    default: return member
    }
  }

  private func attribute(_ name: String, ofLibraryInstance object: InstanceObject, _ value: PythonValue, site: Site?)
    -> PythonValue?
  {
    if let own = object.attributes[name] { return own }
    guard case .library(let library) = object.type else { return nil }
    if name == "__class__" { return object.type }
    if name == "__dict__" { return .dictionary(dictionary(of: object)) }
    if library == "builtins.globals" { return nil }
    if library == FileTable.path, let value = FileTable.attribute(name, of: object, site) { return value }
    if let held = object.attributes[Self.storageKey], let method = builtinMember(name, of: held) { return method }
    if let native = natives[library + "." + name] {
      return .native(
        NativeFunction(name: native.name) { interpreter, arguments, site in
          var arguments = arguments
          arguments.positional.insert(value, at: 0)
          return native.body(interpreter, arguments, site)
        })
    }
    let full = library + "." + name
    let knowledge = program.options.libraries
    if let type = knowledge.attributeType(of: full) {
      return unknown(site, full, type: .library(type.qualifiedName))
    }
    return .unknown(
      UnknownObject(
        text: site?.text ?? "\(displayText(value)).\(name)", site: site))
  }

  /// Attributes of a value of which only the class is known.
  private func attribute(_ name: String, ofUnknown object: UnknownObject, _ value: PythonValue, site: Site?)
    -> PythonValue?
  {
    guard let declared = object.type else {
      return .unknown(UnknownObject(text: unknownText(object, name), site: site))
    }
    switch declared.genericOrigin {
    case .classObject(let type):
      if type === builtins.classes["type"], case .generic(let generic) = declared, let inner = generic.arguments.first {
        return attribute(name, of: inner, site: site)
      }
      if type.moduleName == "builtins" {
        if object.isTemplate, let member = builtinMember(name, of: .string(object.text)) {
          _ = member
          return templateMember(name, object)
        }
        return .unknown(UnknownObject(text: unknownText(object, name), site: site))
      }
      if let found = find(name, in: type) {
        let member = implementation(of: name, found.value, in: type)
        if case .function(let function) = member, function.kind == .property {
          let result = callFunction(function, CallArguments(positional: [value]), at: site)
          if case .unknown(let inner) = result, inner.type == nil {
            return .unknown(UnknownObject(text: unknownText(object, name), site: site))
          }
          return result
        }
        if case .function = member { return bound(member, to: value, type: type, site: site) }
        if case .instance(let held) = member, case .classObject(let descriptor) = held.type,
          find("__get__", in: descriptor) != nil
        {
          return bound(member, to: value, type: type, site: site)
        }
        // A class attribute is only the default of what an instance holds.
        if type.annotations.contains(where: { $0.name == name }) || isModel(type) {
          return fieldWithoutValue(name, type, site)
            ?? .unknown(UnknownObject(text: unknownText(object, name), site: site))
        }
        return member
      }
      if let field = fieldWithoutValue(name, type, site) { return field }
      return .unknown(UnknownObject(text: unknownText(object, name), site: site))
    case .library(let library):
      let full = library + "." + name
      if let type = program.options.libraries.attributeType(of: full) {
        return .unknown(UnknownObject(text: unknownText(object, name), site: site, type: .library(type.qualifiedName)))
      }
      return .unknown(UnknownObject(text: unknownText(object, name), site: site))
    default: return .unknown(UnknownObject(text: unknownText(object, name), site: site))
    }
  }

  private func unknownText(_ object: UnknownObject, _ name: String) -> String {
    let text = object.text
    return text.count > 70 ? "….\(name)" : "\(text).\(name)"
  }

  /// A field that the class only declares: unknown, of the declared type.
  private func fieldWithoutValue(_ name: String, _ type: ClassObject, _ site: Site?) -> PythonValue? {
    for case .classObject(let owner) in type.order {
      guard let field = owner.annotations.first(where: { $0.name == name }) else { continue }
      let declared = instanceType(evaluate(field, of: owner))
      return unknown(site, name, type: declared)
    }
    return nil
  }

  // MARK: Writing

  func setAttribute(_ name: String, of value: PythonValue, to newValue: PythonValue) {
    switch value {
    case .instance(let object):
      if case .classObject(let type) = object.type {
        if let found = find(name, in: type), case .function(let function) = found.value, function.kind == .property {
          if let setter = function.attributes["fset"] {
            _ = call(setter, CallArguments(positional: [value, newValue]), at: nil)
          }
          return
        }
        if let found = find(name, in: type), case .instance(let descriptor) = found.value,
          case .classObject(let descriptorType) = descriptor.type, let setter = find("__set__", in: descriptorType)
        {
          _ = call(setter.value, CallArguments(positional: [found.value, value, newValue]), at: nil)
          return
        }
        if let hook = find("__setattr__", in: type), case .function = hook.value {
          _ = call(hook.value, CallArguments(positional: [value, .string(name), newValue]), at: nil)
          return
        }
      }
      store(name, newValue, in: object)
    case .classObject(let type):
      note(name, ofClass: type)
      type.namespace[name] = newValue
    case .function(let function): function.attributes[name] = newValue
    case .method(let method): setAttribute(name, of: method.function, to: newValue)
    case .module(let module):
      note(name, of: module.frame)
      module.frame.names[name] = newValue
    case .either(let values): for one in values { setAttribute(name, of: one, to: newValue) }
    default: break
    }
  }

  func store(_ name: String, _ value: PythonValue, in object: InstanceObject) {
    note(name, of: object)
    if object.attributes[name] == nil { object.attributeOrder.append(name) }
    object.attributes[name] = value
  }

  func deleteAttribute(_ name: String, of value: PythonValue) {
    switch value {
    case .instance(let object):
      note(name, of: object)
      object.attributes[name] = nil
      object.attributeOrder.removeAll { $0 == name }
    case .classObject(let type): type.namespace[name] = nil
    case .function(let function): function.attributes[name] = nil
    case .module(let module): module.frame.names[name] = nil
    default: break
    }
  }

  // MARK: super

  func superProxy(_ call: Call, in frame: Frame) -> PythonValue? {
    var owner: ClassObject?
    var receiver: PythonValue?
    let arguments = frame.tree[call.arguments]
    if arguments.count == 2, let first = arguments.first, let last = arguments.last {
      if case .classObject(let type) = evaluate(first, in: frame) { owner = type }
      receiver = evaluate(last, in: frame)
    } else {
      var scope: Frame? = frame
      while let current = scope {
        if let type = current.function?.ownerClass {
          owner = type
          receiver = current.receiver
          break
        }
        scope = current.enclosing
      }
    }
    guard let owner, let receiver else { return nil }
    return .instance(
      InstanceObject(
        type: .library("builtins.super"), attributes: ["__thisclass__": .classObject(owner), "__self__": receiver]))
  }

  private func superAttribute(_ name: String, _ proxy: InstanceObject, site: Site?) -> PythonValue? {
    guard case .classObject(let owner)? = proxy.attributes["__thisclass__"], let receiver = proxy.attributes["__self__"]
    else { return nil }
    let own: PythonValue
    if case .classObject = receiver { own = receiver } else { own = type(of: receiver) }
    var order = self.order(of: own)
    guard let position = order.firstIndex(where: { $0.isSame(as: .classObject(owner)) }) ?? order.indices.first else {
      return nil
    }
    order.removeFirst(position + 1)
    for base in order {
      switch base {
      case .classObject(let type):
        if let value = type.namespace[name] {
          if name == "__new__" || name == "__init_subclass__" || name == "__class_getitem__" {
            if name == "__new__" { return value }
            return .method(MethodObject(function: value, receiver: receiver))
          }
          if case .classObject = receiver, case .function(let function) = value, function.kind == .plain {
            return .method(MethodObject(function: value, receiver: receiver))
          }
          if case .classObject(let ownType) = own { return bound(value, to: receiver, type: ownType, site: site) }
        }
        if type === builtins.object { return objectMember(name, receiver) }
        if type.moduleName == "builtins", let held = storage(of: receiver), let method = builtinMember(name, of: held) {
          return method
        }
        if type.moduleName == "builtins", name == "__init__", case .instance(let object) = receiver {
          return .native(
            NativeFunction(name: "builtins.\(type.name).__init__") { interpreter, arguments, site in
              interpreter.fillStorage(object, type, arguments, at: site)
              return .none
            })
        }
      case .library(let library) where library.hasPrefix("typing.") || library == "abc.ABC": continue
      // A base that was not read hands on to those behind it, as cooperating classes do.
      case .library where order.contains(where: { Self.defines(name, $0) }): continue
      case .library(let library):
        return .native(
          NativeFunction(name: library + "." + name) { interpreter, arguments, site in
            if case .instance(let object) = receiver, name == "__init__" {
              object.arguments = arguments
              interpreter.initializeByFields(object, arguments)
              return .none
            }
            if name == "__new__", case .classObject(let made)? = arguments.positional.first {
              return .instance(interpreter.newInstance(of: made, arguments: CallArguments(), at: site))
            }
            return interpreter.unknown(site, "super().\(name)()")
          })
      default: continue
      }
    }
    return objectMember(name, receiver)
  }

  private static func defines(_ name: String, _ type: PythonValue) -> Bool {
    guard case .classObject(let object) = type else { return false }
    return object.namespace[name] != nil
  }

  private func objectMember(_ name: String, _ receiver: PythonValue) -> PythonValue? {
    switch name {
    case "__new__":
      return .native(
        NativeFunction(name: "builtins.object.__new__") { interpreter, arguments, site in
          guard case .classObject(let made)? = arguments.positional.first else { return interpreter.unknown(site) }
          return .instance(interpreter.newInstance(of: made, arguments: CallArguments(), at: site))
        })
    case "__init__", "__init_subclass__", "__setattr__", "__getattribute__", "__set_name__", "__repr__", "__str__",
      "__eq__", "__hash__", "__delattr__", "__enter__", "__exit__":
      if case .instance(let object) = receiver, let method = objectMethod(name, of: object) { return method }
      return .native(NativeFunction(name: "builtins.object.\(name)") { _, _, _ in .none })
    case "__call__":
      // `type.__call__` in a metaclass: makes the instance.
      if case .classObject(let type) = receiver {
        return .native(
          NativeFunction(name: "builtins.type.__call__") { interpreter, arguments, site in
            interpreter.instantiate(type, arguments, at: site, skipsMetaclass: true)
          })
      }
      return nil
    default: return nil
    }
  }

  /// `obj.name(arguments)` when the class of an instance defines the method; nil otherwise.
  func callMethod(_ name: String, of value: PythonValue, _ arguments: [PythonValue]) -> PythonValue? {
    guard case .instance(let object) = value else { return nil }
    if case .library(let library) = object.type, let native = natives[library + "." + name] {
      return native.body(self, CallArguments(positional: [value] + arguments), nil)
    }
    guard case .classObject(let type) = object.type, let found = find(name, in: type),
      !found.isHidden || find(name, in: type) != nil
    else { return nil }
    guard case .function = found.value else { return nil }
    return call(bound(found.value, to: value, type: type, site: nil), CallArguments(positional: arguments), at: nil)
  }
}
