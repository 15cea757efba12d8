import Testing

@testable import MerlonPython

/// Expected texts are those of the CPython versions named.
@Suite("Dumps of syntax trees")
struct DumpTests {
  static let dumps: [(source: String, minor: Int, expected: String)] = [
    (
      "a[i]", 8,
      "Module(body=[Expr(value=Subscript(value=Name(id='a', ctx=Load(), lineno=1, col_offset=0, end_lineno=1, "
        + "end_col_offset=1), slice=Index(value=Name(id='i', ctx=Load(), lineno=1, col_offset=2, end_lineno=1, "
        + "end_col_offset=3)), ctx=Load(), lineno=1, col_offset=0, end_lineno=1, end_col_offset=4), lineno=1, "
        + "col_offset=0, end_lineno=1, end_col_offset=4)], type_ignores=[])"
    ),
    (
      "a[i]", 9,
      "Module(body=[Expr(value=Subscript(value=Name(id='a', ctx=Load(), lineno=1, col_offset=0, end_lineno=1, "
        + "end_col_offset=1), slice=Name(id='i', ctx=Load(), lineno=1, col_offset=2, end_lineno=1, "
        + "end_col_offset=3), ctx=Load(), lineno=1, col_offset=0, end_lineno=1, end_col_offset=4), lineno=1, "
        + "col_offset=0, end_lineno=1, end_col_offset=4)], type_ignores=[])"
    ),
    (
      "import a as b", 8,
      "Module(body=[Import(names=[alias(name='a', asname='b')], lineno=1, col_offset=0, end_lineno=1, "
        + "end_col_offset=13)], type_ignores=[])"
    ),
    (
      "import a as b", 10,
      "Module(body=[Import(names=[alias(name='a', asname='b', lineno=1, col_offset=7, end_lineno=1, "
        + "end_col_offset=13)], lineno=1, col_offset=0, end_lineno=1, end_col_offset=13)], type_ignores=[])"
    ),
    (
      "def f(): pass", 12,
      "Module(body=[FunctionDef(name='f', args=arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], "
        + "defaults=[]), body=[Pass(lineno=1, col_offset=9, end_lineno=1, end_col_offset=13)], decorator_list=[], "
        + "type_params=[], lineno=1, col_offset=0, end_lineno=1, end_col_offset=13)], type_ignores=[])"
    ),
    (
      "def f(): pass", 13,
      "Module(body=[FunctionDef(name='f', args=arguments(), body=[Pass(lineno=1, col_offset=9, end_lineno=1, "
        + "end_col_offset=13)], lineno=1, col_offset=0, end_lineno=1, end_col_offset=13)])"
    ),
  ]

  @Test("a dump is the text of ast.dump of the version asked for", arguments: DumpTests.dumps)
  func dumpsAsVersion(source: String, minor: Int, expected: String) {
    var text: [UInt8] = []
    PythonParser.parse(Array(source.utf8)).appendDump(DumpStyle(pythonMinor: minor), to: &text)
    #expect(String(decoding: text, as: UTF8.self) == expected)
  }

  @Test(
    "a constant prints as Python's repr",
    arguments: [
      ("1e16", "1e+16"), ("1e-4", "0.0001"), ("0.00001", "1e-05"), ("123456789012345678.0", "1.2345678901234568e+17"),
      ("9999999999999998.0", "9999999999999998.0"), ("1e309", "inf"), ("0.0", "0.0"), ("5e-324", "5e-324"),
      ("1e100", "1e+100"), ("10j", "10j"), ("1e16j", "1e+16j"), ("0j", "0j"), (".5j", "0.5j"),
      ("0x_ff", "255"), ("1_000", "1000"), ("0o17", "15"),
      ("340282366920938463463374607431768211456", "340282366920938463463374607431768211456"),
      ("'a'", "'a'"), ("\"it's\"", "\"it's\""), (#"'"\''"#, #"'"\''"#), (#"'\n\t\0\x7f'"#, #"'\n\t\x00\x7f'"#),
      (#"'\u00e9\u2028\U0001F600'"#, #"'é\u2028😀'"#), (#"'\ud800'"#, #"'\ud800'"#), (#"'\xa0\xad'"#, #"'\xa0\xad'"#),
      (#"b'\xff\'"'"#, #"b'\xff\'"'"#), ("b'ab'", "b'ab'"), ("None", "None"), ("...", "Ellipsis"),
    ])
  func constantPrintsAsRepr(source: String, expected: String) throws {
    let tree = PythonParser.parse(Array(source.utf8))
    let constant = try #require(tree.nodes.indices.first { tree.nodes[$0].kind == .constant })
    #expect(String(decoding: tree.constantRepr(NodeID(UInt32(constant))), as: UTF8.self) == expected)
  }

  @Test("a character that a version's Unicode does not know is escaped")
  func unknownCharacterIsEscaped() {
    // U+1FAE8 came with Unicode 15.0, which Python 3.12 has and 3.11 has not.
    var older: [UInt8] = []
    var newer: [UInt8] = []
    PythonRepr(pythonMinor: 11).append("\u{1FAE8}", to: &older)
    PythonRepr(pythonMinor: 12).append("\u{1FAE8}", to: &newer)
    #expect(String(decoding: older, as: UTF8.self) == "'\\U0001fae8'")
    #expect(String(decoding: newer, as: UTF8.self) == "'\u{1FAE8}'")
  }

  @Test("a chain of a hundred thousand operators is dumped without recursion")
  func longChainIsDumped() {
    var text: [UInt8] = []
    let source = "x = 1" + String(repeating: " + 1", count: 100_000)
    PythonParser.parse(Array(source.utf8)).appendDump(to: &text)
    #expect(text.count > 100_000)
  }
}
