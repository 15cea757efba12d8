import MerlonBase
import Testing

@Test(
  "Text from foreign hands is printed without doing anything to the terminal",
  arguments: [
    ("plain `text` – ä 漢 😀", "plain `text` – ä 漢 😀"), ("a\nb\r\tc", "a␊b␍␉c"), ("\u{1B}[31m", "␛[31m"),
    ("\u{9B}2J", "<U+009B>2J"), ("\u{7F}", "␡"), ("if \u{202E}x", "if <U+202E>x"),
    ("\u{200B}\u{FEFF}", "<U+200B><U+FEFF>"),
    ("\u{2028}", "<U+2028>"), ("\r\n", "␍␊"), ("e\u{301}", "e\u{301}"), ("", ""),
  ])
func sanitized(text: String, expected: String) {
  #expect(DisplayText.sanitized(text) == expected)
}

@Test("A problem prints as one line whatever its path is called")
func problemIsOneLine() {
  let problem = Problem(
    path: "a\nb.py", position: SourcePosition(line: 2, column: 0), message: "unreadable \u{1B}]0;x\u{7}")
  #expect(problem.description == "a␊b.py:2:1: unreadable ␛]0;x␇")
}
