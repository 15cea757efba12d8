import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for deserialisers that can run code, fed with anything but a constant.
struct UnsafeDeserializationRule: CallRule {
  static let weakness = Weakness.unsafeDeserialization
  static let concepts: [Concept] = [.unsafeDeserialize, .pickleLoadOption]

  func check(_ call: ModelledCall, in context: RuleContext) {
    if call.has(.pickleLoadOption) {
      guard context.bool(call["unsafeOption"]) == true else { return }
    } else if call.has(mark: "safeByDefault") {
      // Since PyTorch 2.6 only an explicit `weights_only=False` runs code.
      guard context.bool(call["safeOption"]) == false else { return }
    } else if context.bool(call["safeOption"]) == true {
      return
    }
    guard let data = call["data"], !context.isConstant(data), !comesFromDumps(data, context),
      !isFilledByDumps(data, context)
    else { return }
    let name = call.entity.name
    if isFromOwnFile(data, context), !isFromRequest(data, context) {
      context.report(
        Self.weakness, at: call.node,
        "`\(name)` runs whatever code the file names; only a file that nobody else can write may reach it",
        confidence: .medium, severity: .medium)
      return
    }
    context.report(
      Self.weakness, at: call.node, "`\(name)` runs whatever code the data names; data from outside must not reach it",
      confidence: isFromRequest(data, context) ? .high : .medium)
  }

  /// True for a file that the same function opens: an attacker must first be able to write it, which data that comes
  /// in as bytes does not ask for.
  private func isFromOwnFile(_ data: NodeID, _ context: RuleContext) -> Bool {
    let tree = context.tree
    return context.semantics.origins(of: data).contains { origin in
      guard tree.kind(origin) == .call else { return false }
      let function = tree.call(origin).function
      if let name = context.semantics.qualifiedName(of: function),
        ["builtins.open", "io.open", "gzip.open", "bz2.open", "lzma.open"].contains(name)
      {
        return true
      }
      // `path.open("rb")` and openers that are chosen by name.
      let spelled = SensitiveNames.words(of: context.spelledName(function) ?? "")
      return spelled.last == "open"
    }
  }

  /// `pickle.loads(pickle.dumps(x))` copies an object.
  private func comesFromDumps(_ data: NodeID, _ context: RuleContext) -> Bool {
    let origins = context.semantics.origins(of: data).filter { !context.isNoneLiteral($0) }
    return !origins.isEmpty
      && origins.allSatisfy { origin in
        guard context.tree.kind(origin) == .call,
          let name = context.semantics.qualifiedName(of: context.tree.call(origin).function)
        else { return false }
        return name.hasSuffix(".dumps")
      }
  }

  /// True for an attribute of `self` that the same class fills, by assignment or as a keyword argument, and only with what
  /// a `dumps` gave.
  private func isFilledByDumps(_ data: NodeID, _ context: RuleContext) -> Bool {
    let tree = context.tree
    guard tree.kind(data) == .attribute, context.spelledName(tree.attribute(data).value) == "self",
      let owner = context.module.enclosingClass(of: data)
    else { return false }
    let name = tree.text(tree.attribute(data).name)
    var values: [NodeID] = []
    tree.walk(owner) { node in
      switch tree.kind(node) {
      case .keyword:
        let keyword = tree.keyword(node)
        if !keyword.name.isNone, tree.text(keyword.name) == name { values.append(keyword.value) }
      case .assign:
        let assign = tree.assign(node)
        let isFilled = tree[assign.targets].contains {
          tree.kind($0) == .attribute && tree.text(tree.attribute($0).name) == name
        }
        if isFilled { values.append(assign.value) }
      default: break
      }
      return true
    }
    return !values.isEmpty && values.allSatisfy { comesFromDumps($0, context) }
  }

  /// True when the data is read from a request, an upload or a parameter of an operation in the same function.
  private func isFromRequest(_ data: NodeID, _ context: RuleContext) -> Bool {
    guard let function = context.module.enclosingFunction(of: data) else { return false }
    return context.isOperation(function)
  }
}
