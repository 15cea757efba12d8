import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for YAML loading that builds arbitrary objects.
struct UnsafeYAMLLoadRule: CallRule {
  static let weakness = Weakness.unsafeYamlLoad
  static let concepts: [Concept] = [.yamlLoad]

  func check(_ call: ModelledCall, in context: RuleContext) {
    if call.has(mark: "alwaysUnsafe") {
      context.report(Self.weakness, at: call.node, "the document can build any object and run code")
    } else if let loader = call["loader"] {
      guard context.denotes(loader, .yamlUnsafeLoader) else { return }
      context.report(Self.weakness, at: call.node, "this loader builds any object that the document names")
    } else if !call.isOpen {
      // PyYAML 6 demands the argument; before, the default built any object (5.0 and older) or many (5.1 and newer).
      context.report(
        Self.weakness, at: call.node, "`yaml.load` without a safe loader can build any object and run code",
        confidence: .medium)
    }
  }
}
