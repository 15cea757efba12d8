import MerlonBase
import Testing

@testable import MerlonPython

@Suite("Reading on behind errors")
struct RecoveryTests {
  /// One letter for each statement of a list: its name's first letters, with the blocks below in parentheses.
  private func outline(_ tree: Tree, _ id: NodeID) -> String {
    switch tree.kind(id) {
    case .errorStatement: return "error"
    case .expr: return tree.text(id)
    case .assign: return tree.text(tree[tree.assign(id).targets].first ?? .none)
    case .functionDef:
      let function = tree.functionDef(id)
      return "def \(tree.text(function.name))(\(outline(tree, tree[function.body])))"
    case .classDef:
      let definition = tree.classDef(id)
      return "class \(tree.text(definition.name))(\(outline(tree, tree[definition.body])))"
    case .if:
      let conditional = tree.conditional(id)
      let orElse = tree[conditional.orElse]
      return "if(\(outline(tree, tree[conditional.body])))" + (orElse.isEmpty ? "" : " else(\(outline(tree, orElse)))")
    case .try:
      let statement = tree.try_(id)
      let handlers = tree[statement.handlers].map { outline(tree, tree[tree.exceptHandler($0).body]) }
      return "try(\(outline(tree, tree[statement.body]))) " + handlers.map { "except(\($0))" }.joined(separator: " ")
    default: return "\(tree.kind(id))"
    }
  }

  private func outline(_ tree: Tree, _ list: NodeList) -> String {
    list.map { outline(tree, $0) }.joined(separator: "; ")
  }

  static let broken: [(source: String, outline: String, diagnostics: Int)] = [
    ("a\nx y\nb", "a; error; b", 1),
    ("def f():\n  a\n  1 = = 2\n  b\nc", "def f(a; error; b); c", 1),
    // A broken header keeps the statements below it.
    ("def f(x:\n  a\n  b\nc", "error; a; b; c", 1),
    ("if x y:\n  a\nb", "error; a; b", 1),
    // A broken later part keeps what was before it.
    ("if x:\n  a\nelif y z:\n  b\nelse:\n  c\nd", "if(a) else(if(error; b) else(c)); d", 1),
    ("try:\n  a\nexcept A B:\n  b\nexcept C:\n  c\nd", "try(a) except(error; b) except(c); d", 1),
    // A missing block.
    ("def f():\na\ndef g():\n  b", "def f(); a; def g(b)", 1),
    // Brackets that stay open end before what clearly is a statement.
    ("a = f(1,\ndef g():\n  b\nc", "error; def g(b); c", 1),
    ("a = f(1,\nb\nc = 2\ndef g(): d", "error; b; c; def g(d)", 1),
    ("a = (1,\nb = 2\nc = 3", "error; b; c", 1),
    ("class A:\n  x = [1,\n  def f(self): a\nb", "class A(error; def f(a)); b", 1),
    // Brackets that are closed later swallow only their own lines.
    ("f(a b,\n  c\n)\nd", "error; d", 1),
    // Strings without end.
    ("a = 'x\nb", "error; b", 1),
    ("a = '''x\nb", "error; b", 1),
    ("a = f'{x\nb", "error; b", 1),
    // Indentation.
    ("a\n  b\nc", "a; b; c", 1),
    ("if x:\n      a\n   b\nc", "if(a); b; c", 1),
    ("if x:\n\ta\n        b\nc", "if(a; b); c", 1),
    // The structure is clear: the statement stays.
    ("f() = 1\na", "f(); a", 1),
    ("f(a=1, b)\na", "f(a=1, b); a", 1),
    ("x = '\\x1'\na", "x; a", 1),
    ("a; b; x y\nc", "a; b; error; c", 1),
    (")\na", "error; a", 1),
    ("$\na\n?\nb", "error; a; error; b", 2),
  ]

  @Test("one broken statement costs one diagnostic and none of its neighbours", arguments: RecoveryTests.broken)
  func recovers(source: String, expected: String, diagnostics: Int) {
    let tree = PythonParser.parse(Array(source.utf8))
    #expect(outline(tree, tree.elements(tree.root)) == expected, "\(source)")
    #expect(tree.diagnostics.count == diagnostics, "\(source): \(tree.diagnostics)")
  }

  /// Line from 1 and column from 0 as CPython 3.13 gives them.
  static let places: [(source: String, line: Int, column: Int)] = [
    ("x y", 1, 2), ("f(", 1, 1), ("a = (1,\nb = 2 3", 1, 4), ("if x\n  y", 1, 4), ("f() = 1", 1, 0), ("del f()", 1, 4),
    ("def f(a=1, b): pass", 1, 11), ("def f(*): pass", 1, 6), ("0777", 1, 0), ("1__0", 1, 1),
    ("x = 'a", 1, 4), ("print 1", 1, 0), ("if x:\ny", 2, 0), ("b'é'", 1, 0), ("(x for x in y, 1)", 1, 13),
    ("f(x for x in y, 1)", 1, 2), ("x = )", 1, 4), ("(]", 1, 1), ("f'{a b}'", 1, 3), ("f'{}'", 1, 3), ("a.1", 1, 1),
    ("class A\n  x", 1, 7), ("import a.", 1, 9), ("from a import b,", 1, 16), ("x = 1 if 2", 1, 4),
    ("else: pass", 1, 0),
  ]

  @Test("an error is placed where CPython places it", arguments: RecoveryTests.places)
  func isPlaced(source: String, line: Int, column: Int) throws {
    let tree = PythonParser.parse(Array(source.utf8))
    let diagnostic = try #require(tree.diagnostics.first)
    let position = tree.position(diagnostic.range.start)
    #expect([position.line, position.column] == [line, column], "\(source): \(diagnostic.message)")
  }
}
