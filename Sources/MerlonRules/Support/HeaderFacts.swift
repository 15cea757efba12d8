import MerlonBase
import MerlonCatalog
import MerlonModels
import MerlonProgram
import MerlonPython

/// A response header that code sets to a value.
struct HeaderSetting: Sendable {
  /// Lower-case name.
  let name: String
  /// The value's text where it is constant.
  let text: String?
  let node: NodeID
  let value: NodeID
}

/// The headers that protect browsers, in the order of the guide (S29 to S34).
enum SecurityHeader {
  static let names = [
    "content-security-policy", "x-frame-options", "x-content-type-options", "strict-transport-security",
    "referrer-policy",
  ]
}

extension RuleContext {
  /// What a statement or dictionary sets among response headers: `response.headers["X"] = "v"`,
  /// `headers.setdefault("X", "v")`, `{"X": "v"}`, `(b"x", b"v")`.
  func headerSettings(_ node: NodeID) -> [HeaderSetting] {
    switch tree.kind(node) {
    case .assign:
      let assign = tree.assign(node)
      return tree[assign.targets].compactMap { target in
        guard tree.kind(target) == .subscript, let name = headerName(tree.subscript_(target).slice) else { return nil }
        return HeaderSetting(name: name, text: headerText(assign.value), node: node, value: assign.value)
      }
    case .dict:
      let dict = tree.dict(node)
      return zip(tree[dict.keys], tree[dict.values]).compactMap { key, value in
        guard let name = headerName(key) else { return nil }
        return HeaderSetting(name: name, text: headerText(value), node: value, value: value)
      }
    case .tuple:
      let elements = Array(tree.elements(node))
      // Two names side by side are a list of names.
      guard elements.count == 2, let name = headerName(elements[0]), headerName(elements[1]) == nil else { return [] }
      return [HeaderSetting(name: name, text: headerText(elements[1]), node: node, value: elements[1])]
    case .call:
      let call = tree.call(node)
      guard tree.kind(call.function) == .attribute,
        ["setdefault", "append", "add_header", "set", "__setitem__"].contains(
          tree.text(tree.attribute(call.function).name))
      else { return [] }
      let arguments = Array(tree[call.arguments])
      guard arguments.count == 2, let name = headerName(arguments[0]) else { return [] }
      return [HeaderSetting(name: name, text: headerText(arguments[1]), node: node, value: arguments[1])]
    default: return []
    }
  }

  private func headerName(_ key: NodeID) -> String? {
    guard !key.isNone, let text = headerText(key) else { return nil }
    let name = text.lowercased()
    return SecurityHeader.names.contains(name) || name == "content-security-policy-report-only" ? name : nil
  }

  private func headerText(_ node: NodeID) -> String? {
    switch constant(node) {
    case .string(let text)?: text
    case .bytes(let bytes)?: String(decoding: bytes, as: UTF8.self)
    default: nil
    }
  }
}
