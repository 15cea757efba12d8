import MerlonBase
import Testing

/// Values are compared with tomllib over thousands of documents by `Tests/oracle/toml_oracle.py`; here is what tomllib
/// can't say: places, messages, bounds.
@Suite struct TOMLTests {
  @Test func keysAndValuesKnowTheirPlace() throws {
    let source = "title = \"é\"\n\n[scan]\n  fail-on = \"high\" # note\n  'in quotes'.x = [1,\n    2]\n"
    let document = try TOML.parse(source)
    let scan = try #require(document.entry("scan"))
    #expect(text(scan.keyRange, source) == "scan")
    #expect(scan.keyPosition == SourcePosition(line: 3, column: 1))
    let failOn = try #require(scan.value.table?.entry("fail-on"))
    #expect(failOn.keyPosition == SourcePosition(line: 4, column: 2))
    #expect(failOn.value.position == SourcePosition(line: 4, column: 12))
    #expect(text(failOn.value.range, source) == "\"high\"")
    let quoted = try #require(scan.value.table?.entry("in quotes"))
    #expect(text(quoted.keyRange, source) == "'in quotes'")
    let list = try #require(quoted.value.table?["x"])
    #expect(text(list.range, source) == "[1,\n    2]")
    #expect(list.array?.last?.position == SourcePosition(line: 6, column: 4))
  }

  @Test func eachTableOfAnArrayKeepsItsEntriesInOrder() throws {
    let document = try TOML.parse("[[ignore]]\nrule = \"b\"\npath = \"x\"\n[[ignore]]\nrule = \"a\"\n")
    let tables = try #require(document["ignore"]?.array)
    #expect(tables.map { $0.table?.entries.map(\.key) } == [["rule", "path"], ["rule"]])
    #expect(tables.map { $0.table?["rule"]?.string } == ["b", "a"])
  }

  @Test(arguments: [
    ("a = ", 1, 5, "expected a value, found the end of the file"),
    ("a = 1\nb = high\n", 2, 5, "`high` is not a value; text needs quotes"),
    ("a = 1\na = 2\n", 2, 1, "the key `a` is defined twice"),
    ("[x.y]\n[x.y]\n", 2, 4, "`x.y` is defined twice"),
    ("a = \"one\ntwo\"", 1, 5, "this string is not closed by `\"`"),
    ("a = [1, 2\n", 1, 5, "this array is not closed by `]`"),
    ("a 1", 1, 3, "expected `=` after the key"),
    ("a = 1 b = 2", 1, 7, "expected the end of the line, found `b`"),
    ("a = 9223372036854775808", 1, 5, "`9223372036854775808` does not fit in 64 bits"),
    ("a = 2026-02-30", 1, 5, "`2026-02-30` is not a valid date or time"),
    ("a = \"\\d\"", 1, 6, "unknown escape; write `\\\\` for a backslash"),
  ])
  func faultsAreNamedWithTheirPlace(source: String, line: Int, column: Int, message: String) {
    #expect(failure(Array(source.utf8)) == TOMLError(position: at(line, column), message: message))
  }

  @Test func bytesThatAreNotUTF8AreAFaultWithItsPlace() {
    #expect(
      failure(Array("a = 1\nb = \"".utf8) + [0xFF, 0x22])
        == TOMLError(position: at(2, 6), message: "the file is not valid UTF-8"))
  }

  @Test(arguments: [
    "x = " + String(repeating: "[", count: 100_000), "x = " + String(repeating: "{a=", count: 100_000),
    String(repeating: "a.", count: 100_000) + "a = 1", "[" + String(repeating: "a.", count: 100_000) + "a]",
  ])
  func deepNestingIsAFaultAndNotACrash(source: String) {
    #expect(failure(Array(source.utf8))?.message == "nested deeper than 128 levels")
  }

  @Test func nestingUpToTheBoundIsRead() throws {
    let depth = TOML.maximumDepth - 1
    let source = "x = " + String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    #expect(try TOML.parse(source)["x"]?.array?.count == 1)
  }

  @Test func everyPrefixOfADocumentIsReadOrRejected() throws {
    let source = Array(
      """
      a.b = 'x' # c
      [t."q"]
      s = \"\"\"m\\u00e9
      \\
      n\"\"\"
      i = {x = [1_0, 0xF, 1e3, inf], y = 1979-05-27T07:32:00.5Z}
      [[l]]
      """.utf8)
    for count in 0...source.count {
      let part = Array(source.prefix(count))
      if let error = failure(part) {
        #expect(error.position.line >= 1 && error.position.column >= 0)
      }
    }
    #expect(failure(source) == nil)
  }

  private func at(_ line: Int, _ column: Int) -> SourcePosition { SourcePosition(line: line, column: column - 1) }

  private func failure(_ bytes: [UInt8]) -> TOMLError? {
    do throws(TOMLError) {
      _ = try TOML.parse(bytes)
      return nil
    } catch {
      return error
    }
  }

  private func text(_ range: TextRange, _ source: String) -> String {
    String(decoding: Array(source.utf8)[Int(range.start)..<Int(range.end)], as: UTF8.self)
  }
}
