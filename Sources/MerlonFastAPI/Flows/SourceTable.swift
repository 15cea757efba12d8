import MerlonFlow
import MerlonModels
import MerlonProgram
import MerlonPython

/// Tells which calls give values that come from outside in other ways than with the request's parameters: what models
/// call a source, what a language model answers, the names of an archive's members.
struct SourceTable {
  let models: LibraryModels
  /// All kinds, those of the binary first.
  private let kinds: [String]

  init(models: LibraryModels) {
    self.models = models
    let known = [FlowWords.languageModel, FlowWords.archive]
    kinds = known + models.sourceKinds.filter { !known.contains($0) && $0 != FlowWords.request }
  }

  /// The label of the source that a call is; nil for calls that are none.
  func label(of call: FlowCall, in flow: FunctionFlow) -> UInt32? {
    if call.function == nil || models.hasOwnFiles, let name = call.target?.qualifiedName,
      let kind = models.entity(name)?.source
    {
      return label(kind)
    }
    guard call.function == nil, call.constructedClass == nil else { return nil }
    if asksLanguageModel(call, flow) { return label(FlowWords.languageModel) }
    if Self.listings.contains(call.name), !call.receiver.isNone { return label(FlowWords.archive) }
    return nil
  }

  /// The kind behind a label; nil for labels of other things.
  func kind(_ label: UInt32) -> String? {
    guard label >= Label.firstSource else { return nil }
    let index = Int(label - Label.firstSource)
    return index < kinds.count ? kinds[index] : nil
  }

  func label(_ kind: String) -> UInt32 {
    kinds.firstIndex(of: kind).map { Label.firstSource + UInt32($0) } ?? Label.rawBody
  }

  private static let listings: Set<String> = ["namelist", "infolist", "getmembers", "getnames"]

  /// `client.chat.completions.create(…)`, `client.messages.create(…)`, `llm.invoke(…)`, `litellm.acompletion(…)`.
  private func asksLanguageModel(_ call: FlowCall, _ flow: FunctionFlow) -> Bool {
    switch call.name {
    case "create", "parse":
      let receiver = call.receiver.isNone ? "" : flow.tree.text(call.receiver)
      return receiver.hasSuffix("completions") || receiver.hasSuffix("client.messages")
        || receiver.hasSuffix("client.responses")
    case "completion", "acompletion":
      return call.target?.qualifiedName.hasPrefix("litellm.") ?? false
    case "generate_content", "generate_content_async": return !call.receiver.isNone
    case "invoke", "ainvoke", "predict", "apredict":
      guard !call.receiver.isNone else { return false }
      let name = flow.tree.text(call.receiver).split(separator: ".").last?.lowercased() ?? ""
      return name == "llm" || name == "chain" || name.hasSuffix("_llm") || name.hasSuffix("_chain") || name == "agent"
        || name == "chat_model"
    default: return false
    }
  }
}
