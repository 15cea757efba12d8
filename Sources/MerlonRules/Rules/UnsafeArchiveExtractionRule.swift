import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// Looks for archives that are unpacked without a look at where their members lead.
struct UnsafeArchiveExtractionRule: CallRule {
  static let weakness = Weakness.unsafeArchiveExtraction
  static let concepts: [Concept] = [.archiveExtract]

  func check(_ call: ModelledCall, in context: RuleContext) {
    let tree = context.tree
    if let filter = call["filter"] {
      guard let name = context.string(filter), name == "fully_trusted" else { return }
      context.report(Self.weakness, at: call.node, "the filter `fully_trusted` lets members lead out of the folder")
      return
    }
    guard !call.isOpen else { return }
    if call.has(mark: "unpack") {
      if let format = context.string(call["format"]), format == "zip" { return }
      if let name = context.string(call["data"]), name.hasSuffix(".zip") { return }
    }
    // Members that were chosen by a function are taken to be checked ones.
    if let members = call["members"], !call.has(mark: "single"), tree.kind(members) == .call { return }
    if let function = context.module.enclosingFunction(of: call.node), checksMembers(function, context) { return }
    context.report(
      Self.weakness, at: call.node, "a member named `../…`, or a link, can write outside the target folder",
      confidence: call.has(mark: "tar") ? .high : .medium)
  }

  /// True when the function looks at members' names: `is_relative_to`, `commonpath`, `startswith`, `..`, `isabs`.
  private func checksMembers(_ function: NodeID, _ context: RuleContext) -> Bool {
    let tree = context.tree
    var found = false
    tree.walk(function) { node in
      switch tree.kind(node) {
      case .attribute:
        let name = tree.text(tree.attribute(node).name)
        if ["is_relative_to", "commonpath", "commonprefix", "isabs", "is_absolute", "startswith", "issym", "islnk"]
          .contains(name)
        {
          found = true
        }
      case .constant: if tree.stringValue(node) == ".." { found = true }
      default: break
      }
      return !found
    }
    return found
  }
}
