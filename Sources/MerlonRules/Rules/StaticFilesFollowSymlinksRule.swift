import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for static files that may lead out of their folder by symbolic links.
struct StaticFilesFollowSymlinksRule: CallRule {
  static let weakness = Weakness.staticFilesFollowSymlinks
  static let concepts: [Concept] = [.staticFiles]

  func check(_ call: ModelledCall, in context: RuleContext) {
    guard context.bool(call["followSymlinks"]) == true else { return }
    context.report(Self.weakness, at: call.node, "symbolic links below the served folder can lead to any file")
  }
}
