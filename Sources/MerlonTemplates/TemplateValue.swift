/// What has been done to a value on its way into a page.
package struct TemplateEscapes: OptionSet, Sendable, Hashable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// `<`, `>`, `&` and both quotes are entities.
  package static let html = TemplateEscapes(rawValue: 1 << 0)
  /// A JSON text in which `<`, `>`, `&` and `'` are escapes (`htmlsafe_json_dumps` of Jinja2's `utils.py`).
  package static let json = TemplateEscapes(rawValue: 1 << 1)
  /// Percent-encoded.
  package static let percent = TemplateEscapes(rawValue: 1 << 2)
}

/// What an expression of a template is made of: one of its alternatives, or several put together.
struct TemplateValue {
  struct Part: Hashable {
    /// A variable of the context, and the way from it.
    var path: [String]
    var escapes: TemplateEscapes = []
    /// True inside of `Markup`, which is put out as it is.
    var isMarkup = false
    /// Where it stands in the markup that `{% set %}` or `{% filter %}` has put around it.
    var context: HTMLContext?
  }

  var parts: [Part] = []
  /// True where a literal of it is `Markup`.
  private var isLiteralMarkup = false

  static let partLimit = 16
  private static let pathLimit = 6

  init(parts: [Part] = []) { self.parts = parts }

  static func variable(_ name: String) -> TemplateValue { TemplateValue(parts: [Part(path: [name])]) }

  var mayBeMarkup: Bool { isLiteralMarkup || parts.contains(where: \.isMarkup) }

  private var isMarkup: Bool { mayBeMarkup && parts.allSatisfy(\.isMarkup) }

  mutating func merge(_ other: TemplateValue) {
    isLiteralMarkup = isLiteralMarkup || other.isLiteralMarkup
    for part in other.parts where parts.count < Self.partLimit && !parts.contains(part) { parts.append(part) }
  }

  private func changed(_ change: (inout Part) -> Void) -> TemplateValue {
    var result = self
    for index in result.parts.indices { change(&result.parts[index]) }
    return result
  }

  /// An attribute or item.
  func step(_ name: String) -> TemplateValue {
    TemplateValue(parts: changed { $0 = Part(path: Self.path($0.path, name)) }.parts)
  }

  private static func path(_ path: [String], _ name: String) -> [String] {
    path.count >= pathLimit || (name == "[]" && path.last == "[]") ? path : path + [name]
  }

  /// What a loop over it binds.
  var elements: TemplateValue { changed { $0.path = Self.path($0.path, "[]") } }

  /// After `escape()`: what is `Markup` stays as it is.
  func escaped() -> TemplateValue {
    changed { if !$0.isMarkup { $0.escapes.insert(.html) } }.markup
  }

  func adding(_ escape: TemplateEscapes) -> TemplateValue { changed { $0.escapes.insert(escape) } }

  /// As JSON, whose own quotes stand around it and are no entities, whatever was done before.
  var json: TemplateValue { changed { $0.escapes = $0.escapes.contains(.percent) ? [.percent, .json] : .json } }

  var unescaped: TemplateValue { changed { $0.escapes = [] } }

  /// As `Markup`.
  var markup: TemplateValue {
    var result = changed { $0.isMarkup = true }
    result.isLiteralMarkup = true
    return result
  }

  /// As a plain `str`, which will be escaped again.
  var plain: TemplateValue {
    var result = changed { $0.isMarkup = false }
    result.isLiteralMarkup = false
    return result
  }

  /// What is put into it, by `format`, `%` or `replace`: `Markup` escapes that.
  func filled(with values: [TemplateValue]) -> TemplateValue {
    var result = self
    for value in values {
      if mayBeMarkup { result.merge(value.escaped()) }
      if !isMarkup { result.merge(value.plain) }
    }
    return result
  }

  /// Several put together: beside `Markup`, what is none is escaped.
  static func joined(_ values: [TemplateValue]) -> TemplateValue {
    let mayBeMarkup = values.contains(where: \.mayBeMarkup)
    let isMarkup = values.contains(where: \.isMarkup)
    return either((mayBeMarkup ? values.map { $0.escaped() } : []) + (isMarkup ? [] : values))
  }

  static func either(_ values: [TemplateValue]) -> TemplateValue {
    var result = TemplateValue()
    for value in values { result.merge(value) }
    return result
  }
}

/// What the filters that come with Jinja2 (`filters.py`) do with text.
enum TemplateFilters {
  static func apply(
    _ name: String, to value: TemplateValue, _ arguments: [(name: String?, value: TemplateValue, text: String?)],
    autoescape: Bool
  ) -> TemplateValue {
    switch name {
    case "safe": return value.markup
    case "e", "escape": return value.escaped()
    case "forceescape": return value.adding(.html).markup
    case "tojson": return value.json.markup
    case "urlencode": return value.adding(.percent).plain
    case "int", "float", "length", "count", "round", "sum", "abs", "wordcount", "filesizeformat":
      return TemplateValue()
    // Entities become what they stand for again.
    case "striptags": return value.unescaped.plain
    // Names are checked and values are escaped, for the inside of a tag.
    case "xmlattr": return TemplateValue().markup
    case "urlize": return autoescape ? value.escaped() : value.escaped().plain
    case "title", "wordwrap", "pprint": return value.plain
    case "first", "last", "random", "min", "max": return value.elements
    case "attr": return arguments.first?.text.map { value.step($0) } ?? value.plain
    case "map": return mapped(value, arguments, autoescape)
    case "default", "d": return .either([value] + arguments.map(\.value))
    case "format", "replace": return value.filled(with: arguments.map(\.value))
    case "join":
      if let attribute = arguments.first(where: { $0.name == "attribute" })?.text {
        return value.step("[]").step(attribute)
      }
      let values = [value] + arguments.map(\.value)
      return autoescape ? .joined(values) : TemplateValue.either(values).plain
    case let name where kept.contains(name): return value
    case let name where isCleaner(name): return value.adding(.html).markup
    // A project's `safe_url`, `url_quote`.
    case let name where name.contains("url") || name.contains("quote"): return value.adding(.percent).plain
    default:
      // A filter of the project: what it answers is taken for text, which is escaped.
      return value.plain
    }
  }

  private static let kept: Set<String> = [
    "string", "upper", "lower", "trim", "capitalize", "center", "indent", "truncate", "list", "sort", "unique",
    "reverse",
    "batch", "slice", "groupby", "select", "selectattr", "reject", "rejectattr", "items", "dictsort",
  ]

  /// Names of functions that leave no harmful markup: `bleach_clean`, `sanitize_html`, `nh3`.
  static func isCleaner(_ name: String) -> Bool {
    let lower = name.lowercased()
    return ["clean", "saniti", "bleach", "nh3", "escape"].contains { lower.contains($0) } && !lower.contains("unescape")
  }

  private static func mapped(
    _ value: TemplateValue, _ arguments: [(name: String?, value: TemplateValue, text: String?)], _ autoescape: Bool
  ) -> TemplateValue {
    if let attribute = arguments.first(where: { $0.name == "attribute" })?.text {
      return value.step("[]").step(attribute)
    }
    guard let first = arguments.first, let name = first.text, name != "map" else { return value }
    return apply(name, to: value, Array(arguments.dropFirst()), autoescape: autoescape)
  }
}
