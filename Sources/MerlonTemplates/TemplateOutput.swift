/// A variable that a template puts out.
package struct TemplateOutput: Sendable, Hashable {
  /// The variable of the context and the way from it; `[]` is any element.
  package var path: [String]
  package var context: HTMLContext
  package var escapes: TemplateEscapes
  /// Path of the file, which may be one that the template includes or extends.
  package var file: String
  /// In bytes of the file.
  package var range: Range<Int>
  /// From 1.
  package var line: Int
  /// In bytes, from 0.
  package var column: Int

  /// The variable, its escapes, the place and the line, with tabs between.
  package var described: String {
    [path.joined(separator: "."), escapes.described, context.described, String(line)].joined(separator: "\t")
  }

  /// What someone who chooses the value can do.
  package var harm: TemplateHarm? { TemplateHarm(context, escapes) }
}

/// How a value gets out of the place that it was meant for.
package struct TemplateHarm: Sendable, Hashable {
  /// Follows the name of the variable: `is put out unescaped`.
  package var text: String
  package var kind: Kind
  /// False where it takes more than the one value, or a click.
  package var isCertain: Bool

  package enum Kind: Sendable, Hashable {
    /// Markup of the value's is read as such.
    case markup
    /// The value stands where HTML escapes do not help.
    case code
    /// The value begins an address.
    case address
  }

  /// After the contexts of OWASP's Cross Site Scripting Prevention Cheat Sheet.
  init?(_ context: HTMLContext, _ escapes: TemplateEscapes) {
    func harm(_ text: String, isCertain: Bool = true) -> TemplateHarm {
      TemplateHarm(text: text, kind: .code, isCertain: isCertain)
    }
    // Percent-encoded text has no character that means anything to HTML or JavaScript.
    if escapes.contains(.percent) { return nil }
    let raw = TemplateHarm(text: "is put out unescaped", kind: .markup, isCertain: true)
    let found: TemplateHarm?
    switch context {
    case .text, .style, .data: found = escapes.isEmpty ? raw : nil
    case .tag: found = harm("is put out inside a tag, where a space begins another attribute")
    case .attribute(_, .none):
      found = harm("is put out in an attribute without quotes, where a space begins another attribute")
    case .attribute(.event, let quote):
      if escapes.isEmpty {
        found = raw
      } else if escapes == .json {
        found = quote == .double ? harm("is put out as JSON in double quotes, which its own quotes end") : nil
      } else {
        found =
          escapes.contains(.json)
          ? nil : harm("is put out in the code of an event handler, where HTML escapes do not help")
      }
    case .attribute(.page, _):
      found = escapes.contains(.json) ? nil : harm("is put out in `srcdoc`, where one HTML escape does not help")
    case .attribute(let kind, let quote):
      if escapes.isEmpty {
        found = raw
      } else if escapes == .json, quote == .double {
        found = harm("is put out as JSON in double quotes, which its own quotes end")
      } else if escapes.contains(.json) {
        found = nil
      } else {
        switch kind {
        case .address:
          found = TemplateHarm(
            text: "is put out as an address, which may begin with `javascript:`", kind: .address, isCertain: false)
        case .scriptAddress:
          found = TemplateHarm(text: "is put out as the address of a script", kind: .address, isCertain: true)
        default: found = nil
        }
      }
    case .script(let place):
      if escapes.isEmpty {
        found = raw
      } else if escapes.contains(.json) {
        found = nil
      } else {
        switch place {
        case .code: found = harm("is put out as JavaScript without `tojson`")
        case .literal: found = harm("is put out in a template literal of JavaScript without `tojson`")
        // It takes a backslash, and a second value further on.
        case .string: found = harm("is put out in a string of JavaScript without `tojson`", isCertain: false)
        case .comment: found = harm("is put out in a comment of JavaScript without `tojson`", isCertain: false)
        }
      }
    }
    guard let found else { return nil }
    self = found
  }

  private init(text: String, kind: Kind, isCertain: Bool) {
    self.text = text
    self.kind = kind
    self.isCertain = isCertain
  }
}

extension TemplateEscapes {
  /// Text that is percent-encoded has nothing left that other escapes could change.
  var described: String {
    if contains(.percent) { return "percent" }
    let names = [contains(.html) ? "html" : nil, contains(.json) ? "json" : nil].compactMap { $0 }
    return names.isEmpty ? "raw" : names.joined(separator: "+")
  }
}

extension HTMLContext {
  var described: String {
    switch self {
    case .text: "text"
    case .tag: "tag"
    case .attribute(let kind, let quote): "attribute \(kind) \(quote)"
    case .script(let place): "script \(place)"
    case .data: "data"
    case .style: "style"
    }
  }
}
