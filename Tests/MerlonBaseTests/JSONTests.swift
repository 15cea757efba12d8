import Foundation
import MerlonBase
import Testing

@Suite("JSON")
struct JSONTests {
  @Test("What is written is read back as it was, in both layouts", arguments: [JSONWriter.Layout.compact, .indented])
  func roundTrip(layout: JSONWriter.Layout) throws {
    let texts = [
      "", "plain", "\"\\/\u{8}\u{C}\n\r\t\u{0}\u{1B}[31m\u{7F}\u{9B}", "ä漢😀\u{202E}\u{2028}\u{FEFF}", "</script>",
    ]
    var writer = JSONWriter(layout: layout)
    writer.beginObject()
    writer.key("texts")
    writer.beginArray()
    for text in texts { writer.value(text) }
    writer.endArray()
    writer.key("empty")
    writer.beginObject()
    writer.endObject()
    writer.key("none")
    writer.beginArray()
    writer.endArray()
    writer.key("n")
    writer.value(-12)
    writer.key("d")
    writer.value(0.25)
    writer.key("nan")
    writer.value(Double.nan)
    writer.key("flag")
    writer.value(true)
    writer.key("nothing")
    writer.null()
    writer.endObject()
    let value = try JSONValue(parsing: writer.bytes)
    #expect(value["texts"]?.array?.map(\.string) == texts)
    #expect(value["empty"] == .object([]))
    #expect(value["none"] == .array([]))
    #expect(value["n"]?.integer == -12)
    #expect(value["d"]?.number == 0.25)
    #expect(value["nan"] == .null)
    #expect(value["flag"]?.bool == true)
    #expect(value["nothing"] == .null)
    // The second reader: Foundation's.
    let other = try JSONSerialization.jsonObject(with: Data(writer.bytes)) as? [String: Any]
    #expect(other?["texts"] as? [String] == texts)
  }

  @Test("Nothing that a terminal acts on is written raw")
  func noControls() {
    var writer = JSONWriter(layout: .compact)
    writer.value(String(String.UnicodeScalarView((0...0x2FFF).compactMap { Unicode.Scalar($0) })))
    let text = String(decoding: writer.bytes, as: UTF8.self)
    let bad = text.unicodeScalars.filter {
      $0.value < 0x20 || (0x7F...0x9F).contains($0.value) || (0x202A...0x202E).contains($0.value)
    }
    #expect(bad.isEmpty)
  }

  @Test("Indented text has one member a line and no trailing blanks")
  func layout() {
    var writer = JSONWriter(layout: .indented)
    writer.beginObject()
    writer.key("a")
    writer.beginArray()
    writer.value(1)
    writer.value(2)
    writer.endArray()
    writer.endObject()
    writer.newline()
    #expect(String(decoding: writer.bytes, as: UTF8.self) == "{\n  \"a\": [\n    1,\n    2\n  ]\n}\n")
  }

  @Test(
    "A fault is named with its place",
    arguments: [
      ("{\"a\": 1,\n \"a\": 2}", 2, 1, "the key `a` is there twice"),
      ("[1, 2", 1, 5, "expected `,` or `]`"),
      ("[01]", 1, 2, "expected `,` or `]`"),
      ("[1,]", 1, 3, "expected a value"),
      ("\n\n  \"abc", 3, 2, "a string without its closing quote"),
      ("\"\\ud800\"", 1, 1, "half of a surrogate pair"),
      ("[\"\\x\"]", 1, 2, "an escape that JSON does not know"),
      ("1 2", 1, 2, "expected the end of the text"),
      ("", 1, 0, "expected a value, found the end of the text"),
      ("1e999", 1, 0, "a number out of range"),
    ])
  func faults(text: String, line: Int, column: Int, message: String) {
    let expected = JSONError(position: SourcePosition(line: line, column: column), message: message)
    #expect(throws: expected) { try JSONValue(parsing: Array(text.utf8)) }
  }

  @Test("Deep nesting is refused, not followed")
  func depth() throws {
    let deep = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    #expect(throws: JSONError.self) { try JSONValue(parsing: deep) }
    let allowed = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
    _ = try JSONValue(parsing: Array(allowed.utf8))
  }
}
