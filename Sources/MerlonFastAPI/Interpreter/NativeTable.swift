import MerlonProgram
import MerlonPython

/// Functions of Python and its standard library that the interpreter carries out itself.
enum NativeTable {
  static var all: [String: NativeFunction] {
    var table: [String: NativeFunction] = [:]
    for (name, body) in builtins + functools + typing + inspection + attrs + others + FileTable.entries {
      table[name] = NativeFunction(name: name, body: body)
    }
    return table
  }

  typealias Entry = (String, NativeFunction.Body)

  // MARK: builtins

  private static let builtinNames = ["isinstance", "issubclass"]

  private static var builtins: [Entry] {
    [
      (
        "builtins.isinstance",
        { interpreter, arguments, site in
          guard arguments.positional.count == 2 else { return interpreter.unknown(site) }
          return flag(interpreter.isInstance(arguments.positional[0], of: arguments.positional[1]), interpreter, site)
        }
      ),
      (
        "builtins.issubclass",
        { interpreter, arguments, site in
          guard arguments.positional.count == 2 else { return interpreter.unknown(site) }
          let types: [PythonValue]
          if case .tuple(let several) = arguments.positional[1] {
            types = several
          } else {
            types = [arguments.positional[1]]
          }
          let names = types.compactMap(TypeName.canonical(of:))
          switch arguments.positional[0] {
          case .classObject, .library:
            if names.contains(where: { interpreter.isSubclass(arguments.positional[0], of: $0) }) { return .bool(true) }
            if case .library = arguments.positional[0] { return interpreter.unknown(site) }
            return names.count == types.count ? .bool(false) : interpreter.unknown(site)
          case .generic, .function, .instance, .none, .string: return .bool(false)
          default: return interpreter.unknown(site)
          }
        }
      ),
      (
        "builtins.getattr",
        { interpreter, arguments, site in
          guard arguments.positional.count >= 2, let name = arguments.positional[1].text else {
            return interpreter.unknown(site)
          }
          if let value = interpreter.attribute(name, of: arguments.positional[0], site: site) { return value }
          if arguments.positional.count > 2 { return arguments.positional[2] }
          interpreter.raiseIfCaught("AttributeError", name)
          return interpreter.unknown(site)
        }
      ),
      (
        "builtins.hasattr",
        { interpreter, arguments, site in
          guard arguments.positional.count == 2, let name = arguments.positional[1].text else {
            return interpreter.unknown(site)
          }
          guard let value = interpreter.attribute(name, of: arguments.positional[0], site: site) else {
            return .bool(false)
          }
          if case .unknown = value { return interpreter.unknown(site) }
          if case .library = arguments.positional[0] { return interpreter.unknown(site) }
          return .bool(true)
        }
      ),
      (
        "builtins.setattr",
        { interpreter, arguments, _ in
          if arguments.positional.count == 3, let name = arguments.positional[1].text {
            interpreter.setAttribute(name, of: arguments.positional[0], to: arguments.positional[2])
          }
          return .none
        }
      ),
      (
        "builtins.delattr",
        { interpreter, arguments, _ in
          if arguments.positional.count == 2, let name = arguments.positional[1].text {
            interpreter.deleteAttribute(name, of: arguments.positional[0])
          }
          return .none
        }
      ),
      (
        "builtins.callable",
        { interpreter, arguments, site in
          switch arguments.positional.first {
          case .function?, .method?, .classObject?, .native?, .generic?: return .bool(true)
          case .instance(let object)?:
            if object.type.isLibrary("functools.partial") { return .bool(true) }
            guard case .classObject(let type) = object.type else { return interpreter.unknown(site) }
            return .bool(interpreter.find("__call__", in: type) != nil)
          case .unknown?, .library?, .either?, nil: return interpreter.unknown(site)
          default: return .bool(false)
          }
        }
      ),
      (
        "builtins.len",
        { interpreter, arguments, site in
          guard let first = arguments.positional.first else { return interpreter.unknown(site) }
          if let text = first.text { return .integer(text.unicodeScalars.count) }
          if case .instance = first, let result = interpreter.callMethod("__len__", of: first, []) { return result }
          let (elements, isOpen) = interpreter.iterate(first, site: site)
          return isOpen ? interpreter.unknown(site) : .integer(elements.count)
        }
      ),
      (
        "builtins.range",
        { interpreter, arguments, site in
          let numbers = arguments.positional.map(\.integer)
          guard !numbers.contains(where: { $0 == nil }) else { return .list(ListObject([], isOpen: true)) }
          let parts = numbers.compactMap(\.self)
          let (from, to, step) =
            parts.count == 1
            ? (0, parts[0], 1) : (parts.first ?? 0, parts.dropFirst().first ?? 0, parts.count > 2 ? parts[2] : 1)
          guard step != 0 else { return .list(ListObject([])) }
          return .list(ListObject(stride(from: from, to: to, by: step).prefix(10_000).map { .integer($0) }))
        }
      ),
      (
        "builtins.enumerate",
        { interpreter, arguments, site in
          guard let first = arguments.positional.first else { return interpreter.unknown(site) }
          let start = (arguments.positional.dropFirst().first ?? arguments["start"])?.integer ?? 0
          let (elements, isOpen) = interpreter.iterate(first, site: site)
          return .list(
            ListObject(elements.enumerated().map { .tuple([.integer(start + $0.offset), $0.element]) }, isOpen: isOpen))
        }
      ),
      (
        "builtins.zip",
        { interpreter, arguments, site in
          let lists = arguments.positional.map { interpreter.iterate($0, site: site) }
          let count = lists.map(\.elements.count).min() ?? 0
          return .list(
            ListObject(
              (0..<count).map { index in .tuple(lists.map { $0.elements[index] }) },
              isOpen: lists.contains(where: \.isOpen)))
        }
      ),
      (
        "builtins.map",
        { interpreter, arguments, site in
          guard arguments.positional.count >= 2 else { return interpreter.unknown(site) }
          let lists = arguments.positional.dropFirst().map { interpreter.iterate($0, site: site) }
          let count = min(lists.map(\.elements.count).min() ?? 0, 1_000)
          let results = (0..<count).map { index in
            interpreter.call(
              arguments.positional[0], CallArguments(positional: lists.map { $0.elements[index] }), at: site)
          }
          return .list(ListObject(results, isOpen: lists.contains(where: \.isOpen)))
        }
      ),
      (
        "builtins.filter",
        { interpreter, arguments, site in
          guard arguments.positional.count >= 2 else { return interpreter.unknown(site) }
          let (elements, isOpen) = interpreter.iterate(arguments.positional[1], site: site)
          var open = isOpen
          let kept = elements.prefix(1_000).filter { element in
            let result =
              arguments.positional[0].isNone
              ? element : interpreter.call(arguments.positional[0], CallArguments(positional: [element]), at: site)
            guard let truth = interpreter.truth(result) else {
              open = true
              return false
            }
            return truth
          }
          return .list(ListObject(Array(kept), isOpen: open))
        }
      ),
      (
        "builtins.sorted",
        { interpreter, arguments, site in
          guard let first = arguments.positional.first else { return interpreter.unknown(site) }
          let (elements, isOpen) = interpreter.iterate(first, site: site)
          return .list(ListObject(sorted(elements, arguments, interpreter, site), isOpen: isOpen))
        }
      ),
      (
        "builtins.reversed",
        { interpreter, arguments, site in
          guard let first = arguments.positional.first else { return interpreter.unknown(site) }
          let (elements, isOpen) = interpreter.iterate(first, site: site)
          return .list(ListObject(elements.reversed(), isOpen: isOpen))
        }
      ),
      (
        "builtins.any",
        { interpreter, arguments, site in
          guard let first = arguments.positional.first else { return interpreter.unknown(site) }
          let (elements, isOpen) = interpreter.iterate(first, site: site)
          let truths = elements.map { interpreter.truth($0) }
          if truths.contains(true) { return .bool(true) }
          return isOpen || truths.contains { $0 == nil } ? interpreter.unknown(site) : .bool(false)
        }
      ),
      (
        "builtins.all",
        { interpreter, arguments, site in
          guard let first = arguments.positional.first else { return interpreter.unknown(site) }
          let (elements, isOpen) = interpreter.iterate(first, site: site)
          let truths = elements.map { interpreter.truth($0) }
          if truths.contains(false) { return .bool(false) }
          return isOpen || truths.contains { $0 == nil } ? interpreter.unknown(site) : .bool(true)
        }
      ),
      (
        "builtins.sum",
        { interpreter, arguments, site in
          guard let first = arguments.positional.first else { return interpreter.unknown(site) }
          let (elements, isOpen) = interpreter.iterate(first, site: site)
          if isOpen { return interpreter.unknown(site) }
          return elements.reduce(arguments.positional.dropFirst().first ?? .integer(0)) {
            interpreter.binary(.add, $0, $1, site: site)
          }
        }
      ),
      ("builtins.max", { interpreter, arguments, site in extreme(.greater, interpreter, arguments, site) }),
      ("builtins.min", { interpreter, arguments, site in extreme(.less, interpreter, arguments, site) }),
      (
        "builtins.next",
        { interpreter, arguments, site in
          guard let first = arguments.positional.first else { return interpreter.unknown(site) }
          let (elements, isOpen) = interpreter.iterate(first, site: site)
          if case .list(let list) = first, !list.elements.isEmpty { return list.elements.removeFirst() }
          if let element = elements.first { return element }
          return isOpen
            ? interpreter.unknown(site) : arguments.positional.dropFirst().first ?? interpreter.unknown(site)
        }
      ),
      (
        "builtins.iter",
        { interpreter, arguments, site in
          guard let first = arguments.positional.first else { return interpreter.unknown(site) }
          let (elements, isOpen) = interpreter.iterate(first, site: site)
          return .list(ListObject(elements, isOpen: isOpen))
        }
      ),
      (
        "builtins.vars",
        { interpreter, arguments, site in
          guard let first = arguments.positional.first else { return interpreter.unknown(site) }
          return interpreter.attribute("__dict__", of: first) ?? interpreter.unknown(site)
        }
      ),
      (
        "builtins.dir",
        { interpreter, arguments, site in
          switch arguments.positional.first {
          case .module(let module)?: return .strings(module.frame.names.keys.sorted())
          case .classObject(let type)?:
            var names: Set<String> = []
            for case .classObject(let base) in type.order { names.formUnion(base.namespace.names) }
            return .strings(names.sorted())
          case .instance(let object)?:
            var names = Set(object.attributes.keys)
            guard case .classObject(let type) = object.type else { return .list(ListObject([], isOpen: true)) }
            for case .classObject(let base) in type.order { names.formUnion(base.namespace.names) }
            return .strings(names.sorted())
          default: return .list(ListObject([], isOpen: true))
          }
        }
      ),
      (
        "builtins.repr",
        { interpreter, arguments, site in
          arguments.positional.first.flatMap { interpreter.representation($0) }.map { .string($0) }
            ?? interpreter.unknown(site)
        }
      ),
      ("builtins.print", { _, _, _ in .none }),
      ("builtins.id", { interpreter, _, site in interpreter.unknown(site) }),
      ("builtins.hash", { interpreter, _, site in interpreter.unknown(site) }),
      (
        "builtins.abs",
        { interpreter, arguments, site in
          arguments.positional.first?.integer.map { .integer(abs($0)) } ?? interpreter.unknown(site)
        }
      ),
      ("builtins.round", { interpreter, _, site in interpreter.unknown(site) }),
      ("builtins.input", { interpreter, _, site in interpreter.unknown(site) }),
      ("builtins.ord", { interpreter, _, site in interpreter.unknown(site) }),
      ("builtins.chr", { interpreter, _, site in interpreter.unknown(site) }),
      (
        "builtins.__import__",
        { interpreter, arguments, site in
          guard let name = arguments.positional.first?.text else { return interpreter.unknown(site) }
          return interpreter.importModule(name).map { .module($0) } ?? .library(name)
        }
      ),
      ("builtins.staticmethod", { _, arguments, _ in marked(arguments, .staticMethod) }),
      ("builtins.classmethod", { _, arguments, _ in marked(arguments, .classMethod) }),
      ("builtins.property", { _, arguments, _ in marked(arguments, .property) }),
    ]
  }

  private static func marked(_ arguments: CallArguments, _ kind: FunctionObject.Kind) -> PythonValue {
    guard let first = arguments.positional.first else { return .none }
    if case .function(let function) = first { function.kind = kind }
    return first
  }

  private static func flag(_ result: Bool?, _ interpreter: Interpreter, _ site: Site?) -> PythonValue {
    result.map { .bool($0) } ?? interpreter.unknown(site, type: interpreter.builtins.type("bool"))
  }

  private static func extreme(
    _ op: ComparisonOperator, _ interpreter: Interpreter, _ arguments: CallArguments, _ site: Site?
  ) -> PythonValue {
    var elements = arguments.positional
    if elements.count == 1, let only = elements.first {
      let (inner, isOpen) = interpreter.iterate(only, site: site)
      if isOpen { return interpreter.unknown(site) }
      elements = inner
    }
    guard var best = elements.first, arguments["key"] == nil else { return interpreter.unknown(site) }
    for element in elements.dropFirst() {
      guard let isBetter = interpreter.ordered(op, element, best) else { return interpreter.unknown(site) }
      if isBetter { best = element }
    }
    return best
  }

  static func sorted(
    _ elements: [PythonValue], _ arguments: CallArguments, _ interpreter: Interpreter, _ site: Site?
  ) -> [PythonValue] {
    var keyed = elements.map { element in
      (
        key: arguments["key"].map { interpreter.call($0, CallArguments(positional: [element]), at: site) } ?? element,
        element: element
      )
    }
    // Where an order is not known, the elements stay as they are.
    let sortable = zip(keyed, keyed.dropFirst()).allSatisfy { interpreter.ordered(.less, $0.key, $1.key) != nil }
    if sortable { keyed.sort { interpreter.ordered(.less, $0.key, $1.key) == true } }
    let isReversed = arguments["reverse"].flatMap { interpreter.truth($0) } ?? false
    return isReversed ? keyed.map(\.element).reversed() : keyed.map(\.element)
  }

  // MARK: functools

  private static var functools: [Entry] {
    let keeping: NativeFunction.Body = { _, arguments, _ in arguments.positional.first ?? .none }
    return [
      (
        "functools.wraps",
        { _, arguments, _ in
          guard let wrapped = arguments.positional.first else { return .none }
          return .native(
            NativeFunction(name: "functools.wraps()") { interpreter, inner, _ in
              guard let wrapper = inner.positional.first else { return .none }
              update(wrapper, wrapped, interpreter)
              return wrapper
            })
        }
      ),
      (
        "functools.update_wrapper",
        { interpreter, arguments, _ in
          guard arguments.positional.count >= 2 else { return arguments.positional.first ?? .none }
          update(arguments.positional[0], arguments.positional[1], interpreter)
          return arguments.positional[0]
        }
      ),
      (
        "functools.partial",
        { interpreter, arguments, site in
          let object = InstanceObject(
            type: .library("functools.partial"), site: interpreter.userSite(site), arguments: arguments)
          if let function = arguments.positional.first { object.attributes["func"] = function }
          object.attributes["args"] = .tuple(Array(arguments.positional.dropFirst()))
          let keywords = DictionaryObject()
          for keyword in arguments.keywords { interpreter.set(.string(keyword.name), keyword.value, in: keywords) }
          object.attributes["keywords"] = .dictionary(keywords)
          return .instance(object)
        }
      ),
      ("functools.lru_cache", { _, arguments, _ in cached(arguments) }),
      ("functools.cache", { _, arguments, _ in cached(arguments) }),
      (
        "functools.cached_property",
        { _, arguments, _ in
          if case .function(let function)? = arguments.positional.first {
            function.kind = .property
            function.attributes["__merlon_cached__"] = .bool(true)
          }
          return arguments.positional.first ?? .none
        }
      ),
      ("functools.total_ordering", keeping), ("functools.singledispatch", keeping),
      (
        "functools.reduce",
        { interpreter, arguments, site in
          guard arguments.positional.count >= 2 else { return interpreter.unknown(site) }
          let (elements, isOpen) = interpreter.iterate(arguments.positional[1], site: site)
          if isOpen { return interpreter.unknown(site) }
          var rest = elements[...]
          guard var value = arguments.positional.dropFirst(2).first ?? rest.popFirst() else {
            return interpreter.unknown(site)
          }
          for element in rest.prefix(1_000) {
            value = interpreter.call(arguments.positional[0], CallArguments(positional: [value, element]), at: site)
          }
          return value
        }
      ),
      ("contextlib.contextmanager", keeping), ("contextlib.asynccontextmanager", keeping),
      ("abc.abstractmethod", keeping), ("atexit.register", keeping), ("enum.unique", keeping),
      ("types.coroutine", keeping),
    ]
  }

  /// `@lru_cache` and `@lru_cache(maxsize=1)`: the result of a call without arguments is one object.
  private static func cached(_ arguments: CallArguments) -> PythonValue {
    if case .function(let function)? = arguments.positional.first {
      function.cache = FunctionCache()
      return .function(function)
    }
    return .native(
      NativeFunction(name: "functools.lru_cache()") { _, inner, _ in
        if case .function(let function)? = inner.positional.first { function.cache = FunctionCache() }
        return inner.positional.first ?? .none
      })
  }

  private static func update(_ wrapper: PythonValue, _ wrapped: PythonValue, _ interpreter: Interpreter) {
    if case .function(let function) = wrapped {
      for (name, value) in function.attributes where name != "__wrapped__" {
        interpreter.setAttribute(name, of: wrapper, to: value)
      }
    }
    for name in ["__name__", "__qualname__", "__module__", "__doc__"] {
      if let value = interpreter.attribute(name, of: wrapped), !value.isUnknown, !value.isNone {
        interpreter.setAttribute(name, of: wrapper, to: value)
      }
    }
    interpreter.setAttribute("__wrapped__", of: wrapper, to: wrapped)
  }

  // MARK: attrs

  /// The library attrs writes `__init__` as data classes do, under several names.
  private static var attrs: [Entry] {
    ["attrs", "attr"].flatMap { module -> [Entry] in
      ["define", "frozen", "mutable", "s", "attrs", "dataclass"].map { name in
        (module + "." + name, { _, arguments, _ in fieldsDecorator("attrs.define", arguments) })
      }
        + ["field", "ib", "attrib"].map { name in
          (module + "." + name, { _, arguments, site in attrsField(arguments, site) })
        }
        + [(module + ".Factory", { _, arguments, _ in .tuple([.sentinel("attrs.Factory")] + arguments.positional) })]
    }
  }

  private static func attrsField(_ arguments: CallArguments, _ site: Site?) -> PythonValue {
    var given = arguments
    given.keywords = arguments.keywords.map { keyword in
      if keyword.name == "factory" { return ("default_factory", keyword.value) }
      if keyword.name == "default", case .tuple(let parts) = keyword.value, parts.count == 2,
        case .sentinel("attrs.Factory") = parts[0]
      {
        return ("default_factory", parts[1])
      }
      return keyword
    }
    return .instance(InstanceObject(type: .library("dataclasses.Field"), site: site, arguments: given))
  }

  /// A decorator that keeps the class, with or without arguments of its own.
  private static func fieldsDecorator(_ name: String, _ arguments: CallArguments) -> PythonValue {
    if case .classObject? = arguments.positional.first { return arguments.positional.first ?? .none }
    let native = NativeFunction(name: name) { _, inner, _ in inner.positional.first ?? .none }
    native.given = arguments
    return .native(native)
  }

  // MARK: typing and dataclasses

  private static var typing: [Entry] {
    let keeping: NativeFunction.Body = { _, arguments, _ in arguments.positional.first ?? .none }
    func variable(_ kind: TypeParameterObject.Kind) -> NativeFunction.Body {
      { _, arguments, _ in
        let bound = arguments["bound"]
        return .typeParameter(
          TypeParameterObject(name: arguments.positional.first?.text ?? "T", kind: kind) { bound })
      }
    }
    return [
      (
        "typing.cast",
        { _, arguments, _ in
          let value = arguments.positional.dropFirst().first ?? .none
          if case .unknown(let object) = value, object.type == nil, let type = arguments.positional.first {
            return .unknown(UnknownObject(text: object.text, site: object.site, type: type))
          }
          return value
        }
      ),
      ("typing.TypeVar", variable(.typeVariable)), ("typing.ParamSpec", variable(.parameterSpecification)),
      ("typing.TypeVarTuple", variable(.typeVariableTuple)),
      (
        "typing.TypeAliasType",
        { _, arguments, _ in
          let value = arguments.positional.dropFirst().first ?? arguments["value"]
          return .typeParameter(
            TypeParameterObject(name: arguments.positional.first?.text ?? "", kind: .alias) { value })
        }
      ),
      (
        "typing.NewType",
        { interpreter, arguments, site in
          .instance(
            InstanceObject(
              type: .library("typing.NewType"),
              attributes: [
                "__qualname__": arguments.positional.first ?? .string(""),
                "__supertype__": arguments.positional.dropFirst().first ?? .none,
              ], site: site, arguments: arguments))
        }
      ),
      ("typing.overload", { _, _, _ in .none }), ("typing.no_type_check", keeping), ("typing.final", keeping),
      ("typing.override", keeping), ("typing.runtime_checkable", keeping),
      ("warnings.deprecated", { _, _, _ in keepingDecorator }),
      ("typing.deprecated", { _, _, _ in keepingDecorator }),
      ("typing.dataclass_transform", { _, _, _ in keepingDecorator }),
      (
        "typing.get_origin",
        { interpreter, arguments, site in
          guard case .generic(let generic)? = arguments.positional.first else { return .none }
          if let name = TypeName.canonical(of: generic.origin) {
            if name == "typing.Optional" { return .library("typing.Union") }
            if let type = interpreter.builtins.classes[name] { return .classObject(type) }
          }
          return generic.origin
        }
      ),
      (
        "typing.get_args",
        { interpreter, arguments, site in
          guard let first = arguments.positional.first else { return .tuple([]) }
          switch TypeForm(first) {
          case .union(let members): return .tuple(members)
          case .literal(let values): return .tuple(values)
          case .annotated(let inner, let metadata): return .tuple([inner] + metadata)
          case .parametrized(_, _, let parts): return .tuple(parts)
          case .other: return interpreter.unknown(site)
          default: return .tuple([])
          }
        }
      ),
      (
        "typing.get_type_hints",
        { interpreter, arguments, site in
          guard let first = arguments.positional.first else { return interpreter.unknown(site) }
          if case .classObject(let type) = first {
            let result = DictionaryObject()
            for case .classObject(let base) in type.order.reversed() {
              for annotation in base.annotations {
                interpreter.set(.string(annotation.name), interpreter.evaluate(annotation, of: base), in: result)
              }
            }
            return .dictionary(result)
          }
          return interpreter.attribute("__annotations__", of: first) ?? interpreter.unknown(site)
        }
      ),
      ("dataclasses.dataclass", { _, arguments, _ in fieldsDecorator("dataclasses.dataclass", arguments) }),
      (
        "dataclasses.field",
        { _, arguments, site in
          .instance(InstanceObject(type: .library("dataclasses.Field"), site: site, arguments: arguments))
        }
      ),
      (
        "dataclasses.is_dataclass",
        { interpreter, arguments, _ in
          .bool(arguments.positional.first.map { interpreter.isDataClass($0) } ?? false)
        }
      ),
    ]
  }

  private static var keepingDecorator: PythonValue {
    .native(NativeFunction(name: "decorator") { _, arguments, _ in arguments.positional.first ?? .none })
  }

  // MARK: inspect

  private static var inspection: [Entry] {
    func test(_ body: @escaping (Interpreter, PythonValue) -> Bool?) -> NativeFunction.Body {
      { interpreter, arguments, site in
        guard let first = arguments.positional.first else { return interpreter.unknown(site) }
        if first.isUnknown { return interpreter.unknown(site) }
        return flag(body(interpreter, first), interpreter, site)
      }
    }
    func isAsync(_ value: PythonValue) -> Bool {
      switch value {
      case .function(let function): function.layout?.isAsync ?? false
      case .method(let method): isAsync(method.function)
      case .instance(let object): object.arguments.positional.first.map { isAsync($0) } ?? false
      default: false
      }
    }
    return [
      (
        "inspect.signature",
        { interpreter, arguments, site in
          guard let first = arguments.positional.first, let signature = interpreter.signature(of: first) else {
            return interpreter.unknown(site)
          }
          return interpreter.signatureObject(signature)
        }
      ),
      (
        "inspect.Signature.replace",
        { interpreter, arguments, site in
          replaced(arguments, keys: ["parameters", "return_annotation"], interpreter, site)
        }
      ),
      (
        "inspect.Parameter.replace",
        { interpreter, arguments, site in
          replaced(arguments, keys: ["name", "kind", "annotation", "default"], interpreter, site)
        }
      ),
      ("inspect.iscoroutinefunction", test { _, value in isAsync(value) }),
      ("asyncio.iscoroutinefunction", test { _, value in isAsync(value) }),
      (
        "inspect.isclass",
        test { _, value in
          if case .classObject = value { true } else { if case .library = value { nil } else { false } }
        }
      ),
      (
        "inspect.isfunction",
        test { _, value in if case .function(let function) = value { function.kind != .property } else { false } }
      ),
      ("inspect.ismethod", test { _, value in if case .method = value { true } else { false } }),
      (
        "inspect.isroutine",
        test { _, value in
          switch value {
          case .function, .method, .native: true
          default: false
          }
        }
      ),
      ("inspect.ismodule", test { _, value in if case .module = value { true } else { false } }),
      (
        "inspect.isgeneratorfunction",
        test { _, value in
          if case .function(let function) = value { function.layout?.isGenerator ?? false } else { false }
        }
      ),
      (
        "inspect.unwrap",
        { interpreter, arguments, _ in
          arguments.positional.first.map { CallableReference.innermost($0, interpreter) } ?? .none
        }
      ),
      (
        "inspect.cleandoc",
        { interpreter, arguments, site in
          arguments.positional.first?.text.map { .string(DocumentText.cleaned($0)) } ?? interpreter.unknown(site)
        }
      ),
      (
        "inspect.getdoc",
        { interpreter, arguments, site in
          arguments.positional.first.flatMap { interpreter.attribute("__doc__", of: $0) } ?? .none
        }
      ),
      (
        "inspect.getmembers",
        { interpreter, arguments, site in
          guard let first = arguments.positional.first else { return interpreter.unknown(site) }
          var names: [String] = []
          switch first {
          case .module(let module): names = module.frame.names.keys.sorted()
          case .classObject(let type):
            for case .classObject(let base) in type.order { names += base.namespace.names }
          case .instance(let object):
            names = Array(object.attributes.keys)
            guard case .classObject(let type) = object.type else { break }
            for case .classObject(let base) in type.order { names += base.namespace.names }
          default: return .list(ListObject([], isOpen: true))
          }
          var members: [PythonValue] = []
          for name in Set(names).sorted() {
            guard let value = interpreter.attribute(name, of: first) else { continue }
            if let predicate = arguments.positional.dropFirst().first ?? arguments["predicate"] {
              let result = interpreter.call(predicate, CallArguments(positional: [value]), at: site)
              guard interpreter.truth(result) == true else { continue }
            }
            members.append(.tuple([.string(name), value]))
          }
          return .list(ListObject(members))
        }
      ),
    ]
  }

  private static func replaced(
    _ arguments: CallArguments, keys: [String], _ interpreter: Interpreter, _ site: Site?
  ) -> PythonValue {
    guard case .instance(let object)? = arguments.positional.first else { return interpreter.unknown(site) }
    let copy = InstanceObject(type: object.type, attributes: object.attributes, site: site, arguments: object.arguments)
    for key in keys { if let value = arguments[key] { copy.attributes[key] = value } }
    return .instance(copy)
  }

  // MARK: The rest

  private static var others: [Entry] {
    [
      (
        "importlib.import_module",
        { interpreter, arguments, site in
          guard let name = arguments.positional.first?.text else { return interpreter.unknown(site) }
          var full = name
          if name.hasPrefix("."), let package = (arguments.positional.dropFirst().first ?? arguments["package"])?.text {
            full = package + name
          }
          return interpreter.importModule(full).map { .module($0) } ?? .library(full)
        }
      ),
      ("os.getenv", { interpreter, arguments, site in environment(arguments, interpreter, site) }),
      ("os.environ.get", { interpreter, arguments, site in environment(arguments, interpreter, site) }),
      ("os.environ.setdefault", { interpreter, arguments, site in environment(arguments, interpreter, site) }),
      (
        "asyncio.run",
        { interpreter, arguments, site in
          arguments.positional.first.map { interpreter.awaited($0, site: site) } ?? .none
        }
      ),
      (
        "anyio.run",
        { interpreter, arguments, site in
          guard let first = arguments.positional.first else { return .none }
          let made = interpreter.call(
            first, CallArguments(positional: Array(arguments.positional.dropFirst())), at: site)
          return interpreter.awaited(made, site: site)
        }
      ),
      (
        "re.compile",
        { _, arguments, site in
          var attributes: [String: PythonValue] = [:]
          if let pattern = arguments.positional.first ?? arguments["pattern"] { attributes["pattern"] = pattern }
          if let flags = arguments.positional.dropFirst().first ?? arguments["flags"] { attributes["flags"] = flags }
          return .instance(
            InstanceObject(type: .library("re.Pattern"), attributes: attributes, site: site, arguments: arguments))
        }
      ),
      ("uvicorn.run", { _, _, _ in .none }),
      (
        "itertools.chain",
        { interpreter, arguments, site in
          let lists = arguments.positional.map { interpreter.iterate($0, site: site) }
          return .list(ListObject(lists.flatMap(\.elements), isOpen: lists.contains(where: \.isOpen)))
        }
      ),
      (
        "itertools.chain.from_iterable",
        { interpreter, arguments, site in
          guard let first = arguments.positional.first else { return interpreter.unknown(site) }
          let (outer, isOpen) = interpreter.iterate(first, site: site)
          let lists = outer.map { interpreter.iterate($0, site: site) }
          return .list(ListObject(lists.flatMap(\.elements), isOpen: isOpen || lists.contains(where: \.isOpen)))
        }
      ),
      (
        "itertools.product",
        { interpreter, arguments, site in
          var rows: [[PythonValue]] = [[]]
          var isOpen = false
          for value in arguments.positional {
            let (elements, open) = interpreter.iterate(value, site: site)
            isOpen = isOpen || open
            rows = rows.flatMap { row in elements.map { row + [$0] } }
            if rows.count > 10_000 { return .list(ListObject([], isOpen: true)) }
          }
          return .list(ListObject(rows.map { .tuple($0) }, isOpen: isOpen))
        }
      ),
      (
        "collections.OrderedDict",
        { interpreter, arguments, site in
          BuiltinConstructors.make(
            interpreter.builtins.classes["dict"] ?? interpreter.builtins.object, arguments, interpreter, site)
        }
      ),
      (
        "collections.defaultdict",
        { interpreter, arguments, site in
          let result = DictionaryObject()
          result.factory = arguments.positional.first
          if let other = arguments.positional.dropFirst().first { interpreter.update(result, with: other) }
          return .dictionary(result)
        }
      ),
      (
        "collections.deque",
        { interpreter, arguments, site in
          let (elements, isOpen) = arguments.positional.first.map { interpreter.iterate($0, site: site) } ?? ([], false)
          return .list(ListObject(elements, isOpen: isOpen))
        }
      ),
      (
        "types.SimpleNamespace",
        { interpreter, arguments, site in
          let object = InstanceObject(type: .classObject(interpreter.builtins.object), site: site)
          for keyword in arguments.keywords { interpreter.store(keyword.name, keyword.value, in: object) }
          return .instance(object)
        }
      ),
      (
        "types.MethodType",
        { interpreter, arguments, site in
          guard arguments.positional.count == 2 else { return interpreter.unknown(site) }
          return .method(MethodObject(function: arguments.positional[0], receiver: arguments.positional[1]))
        }
      ),
      ("copy.copy", { _, arguments, _ in copied(arguments.positional.first ?? .none) }),
      ("copy.deepcopy", { _, arguments, _ in copied(arguments.positional.first ?? .none) }),
    ]
  }

  /// The default where one is given, as on a machine where nothing is set; unknown otherwise.
  private static func environment(_ arguments: CallArguments, _ interpreter: Interpreter, _ site: Site?) -> PythonValue
  {
    if let fallback = arguments.positional.dropFirst().first ?? arguments["default"] { return fallback }
    let text = "os.getenv(\(arguments.positional.first.map { PythonText.representation(of: $0) } ?? ""))"
    return .unknown(UnknownObject(text: text, site: site))
  }

  private static func copied(_ value: PythonValue) -> PythonValue {
    switch value {
    case .list(let list): return .list(ListObject(list.elements, isOpen: list.isOpen))
    case .set(let set): return .set(ListObject(set.elements, isOpen: set.isOpen))
    case .dictionary(let dictionary):
      return .dictionary(DictionaryObject(dictionary.entries, isOpen: dictionary.isOpen))
    case .instance(let object):
      let copy = InstanceObject(
        type: object.type, attributes: object.attributes, site: object.site, arguments: object.arguments)
      copy.attributeOrder = object.attributeOrder
      return .instance(copy)
    case .function(let function):
      let copy = FunctionObject(
        module: function.module, node: function.node, name: function.name, qualifiedName: function.qualifiedName,
        enclosing: function.enclosing, defaults: function.defaults)
      copy.attributes = function.attributes
      copy.layout = function.layout
      copy.annotationFrame = function.annotationFrame
      copy.annotations = function.annotations
      return .function(copy)
    default: return value
    }
  }
}

/// What a cached function has returned, by its arguments when they are plain.
final class FunctionCache {
  var results: [String: PythonValue] = [:]
}
