import Foundation
import MerlonTemplates
import Testing

/// What Jinja2 itself puts out of the templates of `Tests/Fixtures/templates` stands in `expected.tsv`, which
/// `Tests/oracle/templates.py --write` makes.
@Suite("Templates are read as Jinja2 renders them")
struct TemplateReaderTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/templates")

  static let names =
    ["attributes", "blocks", "layout", "macros", "page", "script", "text"].map { $0 + ".html" }
    + ["mail.txt", "page.html.j2"]

  static func reader() -> TemplateReader {
    TemplateReader { name in
      (try? Data(contentsOf: folder.appending(path: name))).map { TemplateFile(path: name, bytes: Array($0)) }
    }
  }

  @Test(arguments: names)
  func `what comes out of a template is what Jinja2 puts out`(_ name: String) throws {
    let lines = try String(contentsOf: Self.folder.appending(path: "expected.tsv"), encoding: .utf8).split(
      separator: "\n")
    let expected = Set(lines.filter { $0.hasPrefix(name + "\t") }.map { $0.dropFirst(name.utf8.count + 1) })
    let found = Self.reader().outputs(of: name, autoescape: .selected).map { output in
      // The oracle does not tell a list from its elements.
      output.described.split(separator: "\t").prefix(2).joined(separator: "\t").replacing(".[]", with: "")
    }
    #expect(!expected.isEmpty)
    #expect(Set(found).sorted() == expected.map(String.init).sorted())
  }

  /// The harm of the variable `v`, or nothing.
  static func harm(
    _ text: String, name: String = "page.html", autoescape: TemplateAutoescape = .selected,
    others: [String: String] = [:]
  ) -> String {
    let reader = TemplateReader { asked in
      (asked == name ? text : others[asked]).map { TemplateFile(path: asked, bytes: Array($0.utf8)) }
    }
    let found = reader.outputs(of: name, autoescape: autoescape).filter { $0.path.first == "v" }.compactMap(\.harm)
    return found.map { ($0.isCertain ? "" : "perhaps ") + $0.text }.joined(separator: "; ")
  }

  @Test(arguments: [
    ("<p>{{ v }}</p>", ""), ("<p>{{ v|safe }}</p>", "unescaped"), ("<p>{{ other|safe }}{{ v }}</p>", ""),
    ("<p>{{ v|e|safe }}</p>", ""), ("<p>{{ v|int|safe }}</p>", ""), ("<p>{{ v|tojson|safe }}</p>", ""),
    ("<p>{{ v|sanitize_html|safe }}</p>", ""), ("<p>{{ v|markdown|safe }}</p>", "unescaped"),
    ("{{ v.a.b|safe }}", "unescaped"),
    ("{{ Markup(v) }}", "unescaped"), ("{{ v|replace('\\n', '<br>')|safe }}", "unescaped"),
    ("{{ v|replace('\\n', '<br>'|safe) }}", ""), ("{{ v if v else ''|safe }}", ""),
    ("{% autoescape false %}{{ v }}{% endautoescape %}", "unescaped"),
    ("{% autoescape true %}{{ v }}{% endautoescape %}", ""), ("{% autoescape false %}{{ v|e }}{% endautoescape %}", ""),
    ("<a title='{{ v }}'>", ""), ("<a title={{ v }}>", "without quotes"), ("<a {{ v }}>", "inside a tag"),
    ("<a href=\"{{ v }}\">", "perhaps is put out as an address"), ("<a href=\"/{{ v }}\">", ""),
    ("<a href=\"{{ v|safe_url }}\">", ""), ("<a {{ {'class': v}|xmlattr }}>", ""), ("{{ static_url(v)|safe }}", ""),
    ("<img src=\"{{ v }}\">", ""), ("<script src=\"{{ v }}\"></script>", "address of a script"),
    ("<a href=\"{{ v|urlencode }}\">", ""), ("<b onclick=\"f('{{ v }}')\">", "event handler"),
    ("<b onclick='f({{ v|tojson }})'>", ""), ("<b onclick=\"f({{ v|tojson }})\">", "own quotes end"),
    ("<b onclick=\"f({{ v|tojson|forceescape }})\">", ""), ("<script>f({{ v }})</script>", "JavaScript without"),
    ("<script>f({{ v|tojson }})</script>", ""), ("<script>f('{{ v }}')</script>", "perhaps is put out in a string"),
    ("<script>f(`{{ v }}`)</script>", "template literal"), ("<script>f({{ v|tojson|safe }})</script>", ""),
    ("<script type=\"application/json\">{\"a\": \"{{ v }}\"}</script>", ""), ("<script>//</script><p>{{ v }}</p>", ""),
    ("<style>{{ v }}</style>", ""), ("<style>{{ v|safe }}</style>", "unescaped"), ("<title>{{ v }}</title>", ""),
    ("{% raw %}{{ v|safe }}{% endraw %}", ""), ("{# {{ v|safe }} #}", ""),
    ("{% set v = 'x' %}{{ v|safe }}", ""), ("{% set v = v|e %}{{ v|safe }}", ""),
    ("{% macro m(v) %}{{ v|safe }}{% endmacro %}{{ m('x') }}", ""),
    ("{% macro m(a) %}{{ a|safe }}{% endmacro %}{{ m(v) }}", "unescaped"),
    ("{% macro m(a) %}{{ a }}{% endmacro %}{{ m(v)|safe }}", ""),
    ("<p class=\"{% if v %}a{% else %}b{% endif %}\">{{ v }}</p>", ""),
    ("{{ v|length }}{{ v is none }}{{ v == 'a' }}", ""),
    ("<a title=\"{{ '\"}}' }}\">{{ v|safe }}", "unescaped"), ("<p>{{ {'a': {'b': v}} }}</p>", ""),
  ])
  func `a place does harm or not`(_ text: String, _ expected: String) {
    let harm = Self.harm(text)
    #expect(expected.isEmpty ? harm.isEmpty : harm.contains(expected), "\(text): \(harm)")
  }

  @Test func `an environment escapes by the end of the name`() {
    for name in ["a.html", "a.HTM", "a.xml"] { #expect(Self.harm("{{ v }}", name: name).isEmpty) }
    for name in ["a.jinja2", "a.html.j2", "a.txt", "html"] { #expect(!Self.harm("{{ v }}", name: name).isEmpty) }
    #expect(!Self.harm("{{ v }}", autoescape: .never).isEmpty)
    #expect(Self.harm("{{ v }}", name: "a.txt", autoescape: .always).isEmpty)
    let own = TemplateAutoescape.byName(enabled: [".j2"], disabled: ["txt"], otherwise: true)
    #expect(["a.j2", "a.b", "a.txt"].map { own.isOn(for: $0) } == [true, true, false])
  }

  @Test func `the line is that of the file where the variable stands`() throws {
    let files = ["page.html": "<p>\n{% include 'part.html' %}</p>", "part.html": "<b>\n\n  {{ v|safe }}</b>"]
    let reader = TemplateReader { name in files[name].map { TemplateFile(path: "web/" + name, bytes: Array($0.utf8)) } }
    let output = try #require(reader.outputs(of: "page.html", autoescape: .selected).first)
    #expect(output.file == "web/part.html" && output.line == 3 && output.column == 2)
  }

  /// Files that are there to harm the reader: each answer must come, in moderate time.
  @Test(arguments: [
    String(repeating: "{{", count: 50_000), String(repeating: "{% if a %}", count: 20_000),
    String(repeating: "{% raw %}{% ", count: 20_000), "{{ " + String(repeating: "(", count: 50_000),
    "{{ a" + String(repeating: "|safe", count: 50_000), "{{ a" + String(repeating: "~a", count: 50_000),
    "{{ a" + String(repeating: "[a", count: 50_000), "{{ " + String(repeating: "not ", count: 50_000) + "a }}",
    "{{ a" + String(repeating: " if a", count: 50_000), "{{ a" + String(repeating: ".a", count: 50_000) + "|safe }}",
    "{% macro m(a) %}{{ m(a) }}{{ m(a) }}{{ m(a)|upper }}{% endmacro %}{{ m(v) }}",
    "{% macro m(a) %}{{ m(m(m(a))) ~ m(a) }}{% endmacro %}{{ m(v)|upper }}",
    "{% include 'page.html' %}{% include 'page.html' %}",
    "{% extends 'page.html' %}{% block a %}{{ super() }}{% endblock %}",
    "{% block a %}{% block b %}{% block a %}{{ self.a() }}{{ super() }}{% endblock %}{% endblock %}{% endblock %}",
    "{% macro m() %}{{ caller() }}{% endmacro %}" + String(repeating: "{% call m() %}", count: 20_000) + "{{ v }}",
    String(repeating: "<a href={{ v }}", count: 20_000), "<script>" + String(repeating: "`${'", count: 50_000),
    String(repeating: "{% set a = a ~ b ~ a %}", count: 20_000),
    String(repeating: "{% endif %}{% else %}", count: 20_000),
    String(repeating: "{% for a in b %}{% endif %}", count: 5_000),
    "{% set %}{% for %}{% from %}{% macro %}{% call %}{{ }}{{",
  ])
  func `hostile templates are read to an end`(_ text: String) {
    let start = ContinuousClock.now
    _ = Self.harm(text)
    _ = Self.harm(text, name: "page.txt")
    #expect(ContinuousClock.now - start < .seconds(20), "\(text.prefix(40))")
  }

  @Test func `cut and changed templates are read to an end`() throws {
    var generator = SplitMix(state: 7)
    for name in Self.names {
      let bytes = Array(try Data(contentsOf: Self.folder.appending(path: name)))
      for _ in 0..<200 {
        var changed = Array(bytes.prefix(Int(generator.next() % UInt64(bytes.count))))
        for _ in 0..<4 where !changed.isEmpty {
          changed[Int(generator.next() % UInt64(changed.count))] = UInt8(truncatingIfNeeded: generator.next())
        }
        let reader = TemplateReader { [changed] _ in TemplateFile(path: "a", bytes: changed) }
        for output in reader.outputs(of: "a.html", autoescape: .selected) {
          #expect(output.range.upperBound <= changed.count && output.column >= 0)
        }
      }
    }
  }
}

/// Sebastiano Vigna's generator, for the same changes in every run.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
