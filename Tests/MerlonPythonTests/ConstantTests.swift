import Testing

@testable import MerlonPython

/// Expected values are those of CPython 3.13.
@Suite("Values of constants")
struct ConstantTests {
  private func constants(_ bytes: [UInt8]) -> (Tree, [NodeID]) {
    let tree = PythonParser.parse(bytes)
    var found: [NodeID] = []
    tree.walk(tree.root) { id in
      if tree.kind(id) == .constant { found.append(id) }
      return true
    }
    return (tree, found)
  }

  @Test(
    "a string is decoded",
    arguments: [
      (#"'a\n\t\\\'\"\a\b\f\v\r\0\101\x41\u00e9\U0001F600'"#, "a\n\t\\'\"\u{7}\u{8}\u{c}\u{b}\r\0AA\u{e9}\u{1F600}"),
      (
        #"'\N{GREEK SMALL LETTER ALPHA}\N{latin small letter a}\N{LF}\N{CJK UNIFIED IDEOGRAPH-4E00}\N{HANGUL SYLLABLE GA}'"#,
        "αa\n一가"
      ),
      (#"r'\n\x'"#, #"\n\x"#), (#"'\d\8'"#, #"\d\8"#), ("'a\\\nb'", "ab"), ("'''a\r\nb\rc'''", "a\nb\nc"),
      ("'a' \"b\" '''c'''", "abc"), ("'a' r'\\n' '\\n'", "a\\n\n"), ("''", ""), ("'\\ud800'", "\u{FFFD}"),
    ])
  func stringIsDecoded(source: String, expected: String) throws {
    let (tree, found) = constants(Array(source.utf8))
    #expect(tree.stringValue(try #require(found.first)) == expected)
    #expect(found.count == 1)
  }

  @Test("lone surrogates are kept among the code points")
  func loneSurrogates() throws {
    let (tree, found) = constants(Array(#"'a\ud83d\ude00'"#.utf8))
    #expect(tree.stringScalars(try #require(found.first)) == [0x61, 0xD83D, 0xDE00])
  }

  @Test("bytes are decoded")
  func bytesAreDecoded() throws {
    let (tree, found) = constants(Array(#"b'a\xff\400\u0041' rb'\x'"#.utf8))
    #expect(tree.bytesValue(try #require(found.first)) == Array("a".utf8) + [255, 0] + Array(#"\u0041\x"#.utf8))
  }

  @Test(
    "an integer has a value and a text",
    arguments: [
      ("0", 0, "0"), ("00", 0, "0"), ("1_000", 1000, "1000"), ("0xFF", 255, "255"), ("0b1_01", 5, "5"),
      ("0o17", 15, "15"), ("9223372036854775807", Int.max, "9223372036854775807"),
      ("9223372036854775808", nil, "9223372036854775808"),
      ("0xffffffffffffffffffffffffffffffff", nil, "340282366920938463463374607431768211455"),
    ] as [(String, Int?, String)])
  func integer(source: String, value: Int?, text: String) throws {
    let (tree, found) = constants(Array(source.utf8))
    let id = try #require(found.first)
    #expect(tree.integerValue(id) == value)
    #expect(tree.integerText(id) == text)
  }

  @Test(
    "a float or imaginary number has a value", arguments: [("1.5e3", 1500.0), (".5", 0.5), ("1_0.", 10), ("2j", 2)])
  func float(source: String, value: Double) throws {
    let (tree, found) = constants(Array(source.utf8))
    #expect(tree.floatValue(try #require(found.first)) == value)
  }

  @Test(
    "a name is known by its NFKC form",
    arguments: [("ｗｉｄｔｈ", "width"), ("µ", "μ"), ("e\u{301}", "\u{e9}"), ("ﬁ", "fi")])
  func names(source: String, expected: String) {
    let tree = PythonParser.parse(Array("\(source) = 1".utf8))
    #expect(tree.diagnostics.isEmpty)
    #expect(tree.names.contains { $0.unicodeScalars.elementsEqual(expected.unicodeScalars) })
  }

  static let encoded: [(name: String, bytes: [UInt8], expected: String?)] = [
    ("latin-1", Array("# coding: latin-1\n'".utf8) + [0xE9, 0x27], "é"),
    ("koi8-r in the second line", Array("#!/bin/python\n# -*- coding: koi8-r -*-\n'".utf8) + [0xF0, 0x27], "П"),
    ("cp1252", Array("# coding=cp1252\n'".utf8) + [0x80, 0x27], "€"),
    ("UTF-8 with a mark", [0xEF, 0xBB, 0xBF] + Array("'é'".utf8), "é"),
    ("a cookie behind code is none", Array("x\n\n# coding: nonsense\n'é'".utf8), "é"),
  ]

  @Test("a declared encoding is read", arguments: ConstantTests.encoded)
  func encodings(name: String, bytes: [UInt8], expected: String?) throws {
    let (tree, found) = constants(bytes)
    #expect(tree.stringValue(try #require(found.first)) == expected, "\(name)")
    #expect(tree.diagnostics.isEmpty, "\(name)")
  }

  static let undecodable: [[UInt8]] = [
    [0x27, 0xFF, 0x27], [0x78, 0x00], Array("# coding: nonsense\nx".utf8), Array("# coding: ascii\n'é'".utf8),
    [0xEF, 0xBB, 0xBF] + Array("# coding: latin-1\nx".utf8),
  ]

  @Test("what can't be decoded has a diagnostic and still a tree", arguments: ConstantTests.undecodable)
  func undecodableBytes(bytes: [UInt8]) {
    let tree = PythonParser.parse(bytes)
    #expect(!tree.diagnostics.isEmpty)
    #expect(tree.elements(tree.root).count == 1)
    #expect(String(validating: tree.source, as: UTF8.self) != nil)
  }
}
