import MerlonPython

/// The text in front of a part of a string, as far as it tells where a URL leads.
///
/// Behind `https://host/` a value chooses the path only; behind `https://` it chooses the host. What is not constant in
/// front (a base address from settings) says the host, unless it stands behind a scheme itself.
struct LeadingText {
  private var text = ""
  private var isOpen = false
  private var isEmpty = true

  mutating func append(_ part: NodeID, _ tree: Tree) {
    isEmpty = false
    if let constant = tree.stringValue(part) {
      text += constant
    } else if tree.kind(part) == .joinedStr {
      for inner in tree[ListID(tree[part].a)] { append(inner, tree) }
    } else {
      if text.isEmpty || text.hasSuffix("://") { isOpen = true }
      text += "{}"
    }
  }

  /// True when a value that follows can't change the host.
  var saysHost: Bool {
    guard !isEmpty, !text.isEmpty else { return false }
    guard let scheme = text.firstRange(of: "://") else {
      // A base from elsewhere, or a path.
      return text.hasPrefix("/") && !text.hasPrefix("//") || isOpen && text.count > 2
    }
    return text[scheme.upperBound...].contains("/") || text[scheme.upperBound...].contains("?")
  }
}
