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
    guard let data = call["data"], !context.isConstant(data), !comesFromDumps(data, context) else { return }
    let name = call.entity.name
    context.report(
      Self.weakness, at: call.node, "`\(name)` runs whatever code the data names; data from outside must not reach it",
      confidence: isFromRequest(data, context) ? .high : .medium)
  }

  /// `pickle.loads(pickle.dumps(x))` copies an object.
  private func comesFromDumps(_ data: NodeID, _ context: RuleContext) -> Bool {
    context.semantics.origins(of: data).allSatisfy { origin in
      guard context.tree.kind(origin) == .call,
        let name = context.semantics.qualifiedName(of: context.tree.call(origin).function)
      else { return false }
      return name.hasSuffix(".dumps")
    }
  }

  /// True when the data is read from a request, an upload or a parameter of an operation in the same function.
  private func isFromRequest(_ data: NodeID, _ context: RuleContext) -> Bool {
    guard let function = context.module.enclosingFunction(of: data) else { return false }
    return context.isOperation(function)
  }
}
