/// A file that holds a template.
package struct TemplateFile: Sendable {
  package var path: String
  package var bytes: [UInt8]

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }
}

/// For which templates an environment escapes what it puts out.
package enum TemplateAutoescape: Sendable, Hashable {
  case always, never
  /// `select_autoescape`: by the end of the name.
  case byName(enabled: [String], disabled: [String], otherwise: Bool)

  /// `select_autoescape()` of Jinja2 3.1 (`utils.py`), which Starlette's `Jinja2Templates` takes.
  package static let selected = TemplateAutoescape.byName(
    enabled: ["html", "htm", "xml"], disabled: [], otherwise: false)

  package func isOn(for name: String) -> Bool {
    switch self {
    case .always: return true
    case .never: return false
    case .byName(let enabled, let disabled, let otherwise):
      let lower = name.lowercased()
      func ends(_ extensions: [String]) -> Bool {
        extensions.contains { lower.hasSuffix("." + $0.drop { $0 == "." }.lowercased()) }
      }
      return ends(enabled) || (!ends(disabled) && otherwise)
    }
  }
}

/// Tells what templates put out.
///
/// > **Invariant:** an answer takes bounded time and depth, whatever the files hold.
package final class TemplateReader {
  struct Parsed {
    var name: String
    var file: TemplateFile
    var nodes: [TemplateNode]
    var lineStarts: [Int]
  }

  /// Larger files are not read; templates that people write are far below.
  package static let sizeLimit = 1 << 20

  private let load: (String) -> TemplateFile?
  private var parsed: [String: Parsed?] = [:]

  /// - Parameter load: the file of a template, by the name that code and templates give it; nil when there is none.
  package init(load: @escaping (String) -> TemplateFile?) { self.load = load }

  /// The variables of the context that a template puts out, with what it includes, extends and calls, in the order of
  /// the page.
  package func outputs(of name: String, autoescape: TemplateAutoescape) -> [TemplateOutput] {
    guard let template = template(name) else { return [] }
    var walker = TemplateWalker(reader: self, autoescape: autoescape, template: template)
    walker.run()
    return walker.outputs
  }

  /// True for text with tags of HTML: templates are written for mails, prompts and SQL too.
  package func looksLikeHTML(_ name: String) -> Bool {
    let lower = name.lowercased()
    if [".html", ".htm", ".xhtml", ".svg"].contains(where: lower.contains) { return true }
    guard let template = template(name) else { return false }
    let text = String(decoding: template.file.bytes.prefix(20_000), as: UTF8.self).lowercased()
    return ["<html", "<!doctype html", "<body", "<div", "<p>", "<span", "<td>", "<h1"].contains { text.contains($0) }
  }

  func template(_ name: String) -> Parsed? {
    if let known = parsed[name] { return known }
    var result: Parsed?
    if let file = load(name), file.bytes.count <= Self.sizeLimit {
      var starts = [0]
      for (index, byte) in file.bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(index + 1) }
      result = Parsed(name: name, file: file, nodes: TemplateParser.nodes(of: file.bytes), lineStarts: starts)
    }
    parsed[name] = .some(result)
    return result
  }
}
