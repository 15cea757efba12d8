import MerlonAPI
import MerlonBase
import MerlonCatalog

/// Looks for text of the caller's that is the source of a template.
struct TemplateInjectionRule: ModelRule {
  static let weakness = Weakness.templateInjection

  func check(_ model: APIModel, in context: ModelContext) {
    FlowReporting.report([.template], as: Self.weakness, in: context) { _ in
      "the source of a template"
    }
  }
}
