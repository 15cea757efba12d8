import MerlonBase
import MerlonReport
import Testing

@Suite("Text report")
struct TextReportTests {
  @Test("Shows everything, the most severe first")
  func everything() throws {
    try expectSnapshot(Samples.text(Samples.everything(), .text), "everything.txt")
  }

  @Test("Shows every limit and narrow lines when asked to")
  func verbose() throws {
    let options = Samples.options(width: 48, verbose: true, prefix: "backend/")
    try expectSnapshot(Samples.text(Samples.everything(), .text, options), "everything-narrow-verbose.txt")
  }

  @Test("Colours what it shows and nothing else changes")
  func color() throws {
    let colored = Samples.text(Samples.everything(), .text, Samples.options(color: true))
    try expectSnapshot(colored, "everything-color.txt")
    #expect(colored.replacing(/\u{1B}\[[0-9;]*m/, with: "") == Samples.text(Samples.everything(), .text))
  }

  @Test("Says when there is nothing to say")
  func clean() {
    let text = Samples.text(Samples.report(findings: []), .text)
    #expect(text.hasPrefix("No weaknesses found.\nScanned `backend` (23 files, 4,120 lines, 1 application) in 0.12 s"))
  }

  @Test("AT-37.1: says what was scanned, when, by which version, and what was not looked at")
  func scope() {
    let text = Samples.text(Samples.everything(), .text)
    for part in ["`backend`", "2026-11-24T11:00:00Z", "Merlon 0.1.0", "Not looked at, or not decided:"] {
      #expect(text.contains(part))
    }
  }

  @Test("Never claims that an incomplete run found nothing")
  func incomplete() {
    let text = Samples.text(Samples.report(findings: [], isComplete: false), .text)
    #expect(!text.contains("No weaknesses"))
    #expect(text.contains("not complete"))
  }

  @Test(
    "Puts carets under what is marked, however wide its characters",
    arguments: [
      // Source line, marked bytes, shown line, marks.
      ("x = eval(y)", 4, 11, "x = eval(y)", "    ^^^^^^^"),
      ("\tx = y", 1, 2, "    x = y", "    ^"),
      ("s = '漢字'; x", 14, 15, "s = '漢字'; x", "            ^"),
      ("s = '漢字'; x", 5, 11, "s = '漢字'; x", "     ^^^^"),
      ("e\u{301}é = 1", 3, 5, "e\u{301}é = 1", " ^"),
      ("'😀' + x", 9, 10, "'😀' + x", "       ^"),
      ("x", 1, 1, "x", " ^"),
      ("x", 7, 9, "x", " ^"),
      ("a \u{1B}[31m b", 8, 9, "a ␛[31m b", "        ^"),
    ])
  func carets(line: String, start: Int, end: Int, shown: String, marks: String) {
    let rows = excerpt(Array(line.utf8), start, end)
    #expect(rows == [shown, marks])
  }

  @Test("Shows bytes that are not UTF-8 as replacement characters")
  func invalid() {
    #expect(
      excerpt([0x61, 0xFF, 0xC3, 0x62, 0xED, 0xA0, 0x80], 3, 4) == [
        "a\u{FFFD}\u{FFFD}b\u{FFFD}\u{FFFD}\u{FFFD}", "   ^",
      ])
  }

  @Test("Cuts a long line around the mark", arguments: [0, 30, 200, 500_000, 999_990])
  func longLine(start: Int) throws {
    var line = [UInt8](repeating: UInt8(ascii: "x"), count: 1_000_000)
    for index in start..<(start + 5) { line[index] = UInt8(ascii: "M") }
    let rows = excerpt(line, start, start + 5)
    let text = try #require(rows.first)
    let marks = try #require(rows.last)
    #expect(displayed(text) <= 100 - 5)
    let column = try #require(marks.firstIndex(of: "^")).utf16Offset(in: marks)
    #expect(text.dropFirst(column).prefix(5) == "MMMMM")
    #expect(marks.hasSuffix("^^^^^") && !marks.hasSuffix("^^^^^^"))
    #expect(text.contains("…"))
  }

  @Test("Goes on without the excerpt when the file is gone or shorter by now")
  func gone() {
    for path in ["gone.py", "shop/api.py"] {
      let finding = Samples.finding(at: Samples.location(path, (900, 4), (901, 5)))
      let text = Samples.text(Samples.report(findings: [finding]), .text)
      #expect(text.contains("--> \(path):900:5"))
    }
  }

  private func displayed(_ text: String) -> Int { text.unicodeScalars.count }

  /// The rows of the excerpt of a one-line file, without the gutter.
  private func excerpt(_ line: [UInt8], _ start: Int, _ end: Int) -> [String] {
    let finding = Samples.finding(at: Samples.location("a.py", (1, start), (1, end)))
    let text = Samples.text(
      Samples.report(findings: [finding]), .text, Samples.options(sources: ["a.py": line]))
    let lines = text.split(separator: "\n").map(String.init)
    guard let first = lines.firstIndex(where: { $0.hasPrefix(" 1 | ") }) else { return [] }
    return lines[first...(first + 1)].map { String($0.dropFirst(5)) }
  }
}
