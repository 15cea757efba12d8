/// Path templates such as `/users/{user_id:int}/files/{path:path}`.
public enum PathTemplate {
  /// The template as a document writes it: `{user_id:int}` becomes `{user_id}` (Starlette's `path_format`).
  public static func withoutConverters(_ path: String) -> String {
    rewritten(path) { name in "{" + name + "}" }
  }

  /// A form that is equal for templates which match the same requests: names of parameters, converters and a trailing
  /// slash are dropped.
  public static func normalised(_ path: String) -> String {
    var text = rewritten(path) { _ in "{}" }
    while text.count > 1, text.hasSuffix("/") { text.removeLast() }
    if !text.hasPrefix("/") { text = "/" + text }
    return text
  }

  /// Names of the parameters, in order.
  public static func parameters(_ path: String) -> [String] {
    var names: [String] = []
    _ = rewritten(path) { name in
      names.append(name)
      return ""
    }
    return names
  }

  /// Each `{name}` or `{name:converter}` replaced; a brace without its partner stays. `{?text}`, which stands for an
  /// unknown part, is left as it is.
  private static func rewritten(_ path: String, _ replacement: (String) -> String) -> String {
    var result = ""
    var rest = path[...]
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      guard let close = rest[open...].firstIndex(of: "}") else {
        result += rest[open...]
        return result
      }
      let inner = rest[rest.index(after: open)..<close]
      if inner.hasPrefix("?") {
        result += rest[open...close]
      } else {
        result += replacement(String(inner.prefix { $0 != ":" }))
      }
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}
