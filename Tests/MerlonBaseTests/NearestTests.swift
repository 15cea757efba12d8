import MerlonBase
import Testing

@Test(
  "A misspelt word finds the one that was meant",
  arguments: [
    ("fail_no", "fail-on"), ("MRL31", "MRL301"), ("mrl301", "MRL301"), ("sql-injction", "sql-injection"),
    ("ownre", "owner"), ("zzz", nil), ("", nil), ("a-very-different-word-than-all-of-these", nil),
  ])
func nearest(word: String, expected: String?) {
  #expect(Nearest.match(for: word, among: ["fail-on", "MRL301", "sql-injection", "owner"]) == expected)
}
