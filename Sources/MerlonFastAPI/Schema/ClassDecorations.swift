import MerlonProgram
import MerlonPython

/// What decorated functions in the body of a class, or of its bases, add to its schema: computed fields and
/// serializers.
///
/// They are read from the syntax, because the objects that the decorators leave differ between versions of Pydantic.
struct ClassDecorations {
  private(set) var computed: [ModelField] = []
  private var serializers: [String: FieldSerializer] = [:]
  /// `model_serializer` of the class.
  private(set) var modelSerializer: FieldSerializer?
  private let interpreter: Interpreter

  init(_ object: ClassObject, interpreter: Interpreter) {
    self.interpreter = interpreter
    for ancestor in object.order.reversed() {
      guard let ancestor = ancestor.classValue, !ancestor.node.isNone, let tree = ancestor.module?.module?.tree,
        tree.kind(ancestor.node) == .classDef
      else { continue }
      for statement in tree[tree.classDef(ancestor.node).body] {
        switch tree.kind(statement) {
        case .functionDef, .asyncFunctionDef: read(statement, of: ancestor, tree)
        default: break
        }
      }
    }
  }

  func serializer(of field: String) -> FieldSerializer? { serializers[field] ?? serializers["*"] }

  private mutating func read(_ statement: NodeID, of owner: ClassObject, _ tree: Tree) {
    let function = tree.functionDef(statement)
    let name = tree.text(function.name)
    computed.removeAll { $0.name == name }
    for decorator in tree[function.decorators] {
      let isCall = tree.kind(decorator) == .call
      let target = isCall ? tree.call(decorator).function : decorator
      switch lastName(target, tree) {
      case "computed_field": addComputed(name, decorator, isCall, function, owner, tree)
      case "field_serializer":
        guard isCall else { continue }
        let arguments = arguments(decorator, owner, tree)
        let serializer = serializer(arguments, function, owner)
        for field in arguments.positional { if let field = field.stringValue { serializers[field] = serializer } }
      case "model_serializer":
        let arguments = isCall ? arguments(decorator, owner, tree) : CallArguments()
        modelSerializer = serializer(arguments, function, owner)
      default: break
      }
    }
  }

  private func serializer(_ arguments: CallArguments, _ function: FunctionDef, _ owner: ClassObject) -> FieldSerializer
  {
    let type = arguments["return_type"] ?? annotation(function.returns, owner)
    let whenUsed = arguments["when_used"]?.stringValue ?? ""
    return FieldSerializer(returnType: type, keepsNone: whenUsed.hasSuffix("unless-none"))
  }

  private mutating func addComputed(
    _ name: String, _ decorator: NodeID, _ isCall: Bool, _ function: FunctionDef, _ owner: ClassObject, _ tree: Tree
  ) {
    var info = FieldInfo(annotation: .library("typing.Any"))
    if let type = annotation(function.returns, owner) { info = FieldInfo.from(annotation: type) }
    if isCall {
      let arguments = arguments(decorator, owner, tree)
      for keyword in arguments.keywords where !keyword.value.isNull && !keyword.value.isUnset {
        if keyword.name == "return_type" {
          info.annotation = keyword.value
        } else {
          info.attributes[keyword.name] = keyword.value
        }
      }
    }
    if info.text("description") == nil, let first = tree[function.body].first, tree.kind(first) == .expr,
      let text = tree.stringValue(tree.value(first))
    {
      info.attributes["description"] = .string(DocumentText.cleaned(text))
    }
    if let alias = info.attributes["alias"] { info.attributes["serialization_alias"] = alias }
    computed.append(ModelField(name: name, info: info, owner: owner, isComputed: true))
  }

  private func annotation(_ node: NodeID, _ owner: ClassObject) -> PythonValue? {
    guard !node.isNone else { return nil }
    return interpreter.evaluate(ClassAnnotation(name: "", annotation: node), of: owner)
  }

  private func arguments(_ call: NodeID, _ owner: ClassObject, _ tree: Tree) -> CallArguments {
    guard let frame = owner.bodyFrame else { return CallArguments() }
    var arguments = CallArguments()
    let call = tree.call(call)
    arguments.positional = tree[call.arguments].map { interpreter.evaluate($0, in: frame) }
    for node in tree[call.keywords] {
      let keyword = tree.keyword(node)
      guard !keyword.name.isNone else { continue }
      arguments.keywords.append((tree.text(keyword.name), interpreter.evaluate(keyword.value, in: frame)))
    }
    return arguments
  }

  private func lastName(_ node: NodeID, _ tree: Tree) -> String {
    switch tree.kind(node) {
    case .name: tree.text(node)
    case .attribute: tree.text(tree.attribute(node).name)
    default: ""
    }
  }
}
