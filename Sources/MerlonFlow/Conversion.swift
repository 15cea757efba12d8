import MerlonProgram
import MerlonPython

/// Calls of libraries whose result is the argument (or the receiver) in another form.
enum Conversion {
  /// Functions whose result is their first argument's value, unchanged in what it stands for.
  private static let transparent: Set<String> = [
    "str", "int", "float", "bool", "list", "tuple", "set", "frozenset", "sorted", "reversed", "iter", "next", "dict",
    "deepcopy", "copy", "jsonable_encoder", "UUID", "ObjectId", "PydanticObjectId", "unquote", "quote",
    "shield", "wait_for", "aiter", "anext", "asdict", "parse_obj_as", "escape", "PurePath", "Path",
  ]
  /// Functions that compute from all their arguments.
  private static let combining: Set<String> = [
    "format", "repr", "bytes", "len", "hash", "min", "max", "sum", "any", "all", "abs", "round", "dumps", "loads",
    "f", "join", "urljoin", "isinstance", "issubclass", "hasattr", "callable", "zip", "map", "filter", "chain",
    "bytearray",
    "enumerate", "range", "b64encode", "b64decode", "urlsafe_b64decode", "urlsafe_b64encode", "hexdigest", "Decimal",
    "compare_digest", "basename", "splitext", "abspath", "realpath", "normpath", "ascii", "ord", "chr",
  ]
  /// Methods whose result stands for the receiver.
  private static let transparentMethods: Set<String> = [
    "strip", "lstrip", "rstrip", "lower", "upper", "casefold", "title", "encode", "decode", "copy", "model_dump",
    "dict", "model_copy", "json", "model_dump_json", "removeprefix", "removesuffix", "get_secret_value", "tolist",
    "to_dict", "as_dict", "values", "keys", "items", "hex", "isoformat", "__dict__", "unwrap", "resolve", "replace",
    "split", "rsplit", "splitlines", "partition", "rpartition", "as_posix", "zfill", "capitalize", "swapcase",
  ]
  /// Methods that compute from receiver and arguments.
  private static let combiningMethods: Set<String> = [
    "join", "format", "startswith", "endswith", "joinpath", "union", "intersection", "difference", "issubset",
    "issuperset", "isdisjoint", "symmetric_difference", "format_map", "index", "count", "match", "fullmatch",
  ]

  /// What a call of a library yields, when it only converts; nil for calls that yield something of their own.
  static func values(of call: FlowCall, in flow: FunctionFlow) -> [FlowValue]? {
    if call.isSubscript { return nil }
    if !call.receiver.isNone, !isModule(call, flow) { return methodValues(call, flow) }
    switch call.name {
    case "getattr":
      guard call.arguments.count >= 2 else { return nil }
      let base = flow.values(of: call.arguments[0].node)
      guard let name = flow.tree.stringValue(call.arguments[1].node) else { return nil }
      return flow.project(base, FlowName(name))
    case "dict":
      guard call.arguments.count == 1, call.arguments[0].name == nil else { return nil }
      return flow.values(of: call.arguments[0].node)
    case "vars": return call.arguments.first.map { flow.values(of: $0.node) }
    case "gather":
      // Positions of the results are those of the arguments.
      var result: [FlowValue] = []
      for argument in call.arguments { result.merge(flow.values(of: argument.node)) }
      return result
    default: break
    }
    if transparent.contains(call.name) {
      if call.name == "Path" || call.name == "PurePath" { return allValues(call, flow).passing(passed(call, flow)) }
      return call.arguments.first.map { flow.values(of: $0.node).passing(passed(call, flow)) } ?? []
    }
    if combining.contains(call.name) { return allValues(call, flow).passing(passed(call, flow).union(.derived)) }
    return nil
  }

  /// What a conversion leaves of a value.
  private static func passed(_ call: FlowCall, _ flow: FunctionFlow) -> FlowValue.Passed {
    switch call.name {
    case "int", "float", "UUID", "ObjectId", "PydanticObjectId", "abs", "round", "ord", "Decimal", "range", "hexdigest":
      return .number
    case "bool", "len", "hash", "isinstance", "issubclass", "hasattr", "callable", "any", "all", "compare_digest",
      "startswith", "endswith", "index", "count", "isdisjoint", "issubset", "issuperset":
      return [.number, .bounded]
    case "min" where call.arguments.count > 1: return .bounded
    case "str": return .text
    case "repr", "dumps", "b64encode", "urlsafe_b64encode", "ascii": return [.text, .oneLine]
    case "strip", "lower", "upper", "encode", "decode", "casefold", "removeprefix", "removesuffix", "format":
      return .text
    case "replace" where takesLineBreaksOut(call, flow): return [.text, .oneLine]
    case "splitlines": return .oneLine
    case "Path", "PurePath": return .path
    case "basename": return .baseName
    case "resolve", "realpath", "abspath", "normpath": return .resolved
    case "escape":
      return call.target?.qualifiedName.hasPrefix("re.") ?? false ? .pattern : .html
    case "quote":
      if call.target?.qualifiedName.hasPrefix("shlex.") ?? false { return .shell }
      let safe = call.arguments.first { $0.name == "safe" } ?? call.arguments.dropFirst().first
      return safe.flatMap { flow.tree.stringValue($0.node) }?.isEmpty == true ? .urlPart : []
    default: return []
    }
  }

  /// `text.replace("\\n", " ")`
  private static func takesLineBreaksOut(_ call: FlowCall, _ flow: FunctionFlow) -> Bool {
    guard let first = call.arguments.first, let text = flow.semantics.constant(of: first.node)?.string else {
      return false
    }
    return text.contains("\n") || text.contains("\r")
  }

  private static func methodValues(_ call: FlowCall, _ flow: FunctionFlow) -> [FlowValue]? {
    let isConstantKey = call.arguments.first.map { flow.tree.stringValue($0.node) != nil } ?? false
    switch call.name {
    case "get", "pop", "getlist", "setdefault", "getall":
      // `body.get("id")`; a session's or client's `get` takes something else first.
      guard isConstantKey, call.arguments.count <= 2, let key = flow.tree.stringValue(call.arguments[0].node) else {
        return nil
      }
      return flow.project(flow.values(of: call.receiver), FlowName(key))
    case "pop" where call.arguments.isEmpty, "popleft", "popitem":
      return flow.project(flow.values(of: call.receiver), FlowValue.element)
    case "json" where isRequest(call, flow): return nil
    case "dict", "model_dump":
      return selected(call, flow)
    case "items", "values", "keys", "copy", "json", "to_dict", "as_dict", "model_dump_json", "model_copy":
      return flow.values(of: call.receiver)
    default: break
    }
    // Queries have a `join` too.
    if call.name == "join", !isText(call.receiver, flow) { return nil }
    if transparentMethods.contains(call.name) {
      return flow.values(of: call.receiver).passing(passed(call, flow))
    }
    if call.name == "with_name" || call.name == "joinpath" {
      return flow.values(of: call.receiver).merged(allValues(call, flow)).passing([.derived, .path])
    }
    if combiningMethods.contains(call.name) {
      return flow.values(of: call.receiver).merged(allValues(call, flow)).passing(passed(call, flow).union(.derived))
    }
    return nil
  }

  /// `model_dump(exclude={"role"})` is the model without that: the step `-role` says so. With `include` only the named
  /// fields are left, and the whole is no longer what the model was.
  private static func selected(_ call: FlowCall, _ flow: FunctionFlow) -> [FlowValue] {
    let base = flow.values(of: call.receiver)
    for argument in call.arguments {
      guard let name = argument.name, name == "exclude" || name == "include" else { continue }
      let names = flow.semantics.constant(of: argument.node)?.elements?.compactMap(\.string) ?? []
      if name == "include" { return base.map { $0.appending("{}") } }
      if !names.isEmpty { return base.map { $0.appending(FlowName("-" + names.joined(separator: "-"))) } }
    }
    return base
  }

  private static func isText(_ node: NodeID, _ flow: FunctionFlow) -> Bool {
    switch flow.tree.kind(node) {
    case .constant, .joinedStr: return true
    default:
      let type = flow.semantics.type(of: node)?.qualifiedName
      return type == "builtins.str" || type == "builtins.bytes"
    }
  }

  /// `await request.json()` reads, it does not convert.
  private static func isRequest(_ call: FlowCall, _ flow: FunctionFlow) -> Bool {
    call.target?.qualifiedName.hasPrefix("starlette.requests.") ?? false
  }

  /// True for `json.loads`, where the part left of the dot is a module.
  private static func isModule(_ call: FlowCall, _ flow: FunctionFlow) -> Bool {
    guard case .library = call.target?.kind, let name = call.target?.qualifiedName,
      flow.tree.kind(call.receiver) == .name || flow.tree.kind(call.receiver) == .attribute,
      let receiver = flow.semantics.qualifiedName(of: call.receiver)
    else { return false }
    return name == receiver + "." + call.name && receiver.last?.isLowercase == true
      && flow.semantics.type(of: call.receiver) == nil
  }

  private static func allValues(_ call: FlowCall, _ flow: FunctionFlow) -> [FlowValue] {
    var result: [FlowValue] = []
    for argument in call.arguments { result.merge(flow.values(of: argument.node)) }
    return result
  }
}
