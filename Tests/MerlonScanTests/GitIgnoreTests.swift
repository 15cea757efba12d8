import MerlonBase
import MerlonScan
import Testing

@Suite struct GitIgnoreTests {
  @Test(arguments: [
    ("*.py", "a.py", true), ("*.py", "a/b.py", false), ("**/b.py", "b.py", true), ("**/b.py", "a/c/b.py", true),
    ("**/b.py", "ab.py", false), ("a/**", "a/b/c", true), ("a/**/b", "a/b", true), ("a/**/b", "a/x/y/b", true),
    ("a/**/b", "axb", false), ("a**b", "axxb", true), ("a**b", "ax/xb", false), ("[a-c]x", "bx", true),
    ("[!a-c]x", "bx", false), ("[^a]x", "bx", true), ("[]]x", "]x", true), ("[[:digit:]]", "7", true),
    ("[a", "[a", false),
    ("a[/]b", "a/b", false), ("a?b", "a/b", false), ("\\*", "*", true), ("\\*", "x", false), ("a\\", "a\\", false),
    ("***", "x", true),
  ])
  func patternsMatchAsGitSaysInItsManual(pattern: String, text: String, isMatch: Bool) {
    #expect(GlobPattern(pattern).matches(Array(text.utf8)) == isMatch, "\(pattern) on \(text)")
  }

  @Test func aPatternOfManyStarsStillMatchesInLinearTime() {
    let pattern = GlobPattern(String(repeating: "*a", count: 200) + "b")
    #expect(!pattern.matches(Array(repeating: UInt8(ascii: "a"), count: 4_000)))
  }

  /// Random trees with random ignore files; `git check-ignore` decides.
  @Test(arguments: 0..<10)
  func randomTreesAreIgnoredAsByGit(seed: Int) throws {
    var random = SplitMix(state: UInt64(seed))
    let folder = TemporaryFolder()
    try folder.git("init", "-q")
    var paths: [String] = []
    for _ in 0..<80 {
      let depth = Int.random(in: 0...3, using: &random)
      var parts = (0..<depth).map { _ in Self.words.randomElement(using: &random) ?? "a" }
      parts.append((Self.words.randomElement(using: &random) ?? "a") + ".py")
      paths.append(parts.joined(separator: "/"))
    }
    for path in paths { folder.write(path) }
    let folders = Set(paths.map { $0.split(separator: "/").dropLast().joined(separator: "/") }).sorted()
    for place in [""] + folders.shuffled(using: &random).prefix(5) {
      let lines = (0..<6).map { _ in pattern(&random) }
      folder.write(place.isEmpty ? ".gitignore" : place + "/.gitignore", lines.joined(separator: "\n") + "\n")
    }
    folder.write(".git/info/exclude", pattern(&random) + "\r\n")

    let input = Array(Set(paths).sorted().joined(separator: "\0").utf8) + [0]
    let output = try folder.git("check-ignore", "-z", "--stdin", input: input)
    let ignored = Set(output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) })
    let options = DiscoveryOptions(maximumFileSize: 1 << 20)
    let found = try FileDiscovery.discover(folder.raw, options: options, files: DiskFileSystem())
    let read = Set(found.files.map(\.path))
    let kept = Set(paths).subtracting(ignored)
    let rules = try folder.git(
      "check-ignore", "-v", "--stdin", input: Array(kept.symmetricDifference(read).joined(separator: "\n").utf8))
    #expect(read.subtracting(kept).sorted() == [], "git ignores them: \(String(decoding: rules, as: UTF8.self))")
    #expect(kept.subtracting(read).sorted() == [], "git keeps them")

    // A scan of a folder inside obeys what the folders above say, unless the folder itself is ignored.
    for place in folders where !place.isEmpty {
      let isIgnored = try !folder.git("check-ignore", place).isEmpty
      if isIgnored { continue }
      let part = try FileDiscovery.discover(folder.raw.appending(place), options: options, files: DiskFileSystem())
      let expected = found.files.map(\.path).filter { $0.hasPrefix(place + "/") }
      #expect(part.files.map { place + "/" + $0.path } == expected)
    }
  }

  private static let words = ["a", "b", "ab", "abc", "x y", "[z]", "é", "a.b", "build", "#c", "!d"]

  private func pattern(_ random: inout SplitMix) -> String {
    let pieces = [
      "a", "b", "c", "*", "**", "?", "/", "/", "[a-c]", "[!a]", ".py", "build", "\\#c", "é", "x y", "\\[z]", " ",
      "*.py",
    ]
    let marks = ["", "", "", "!", "/", "#", "\\!", "**/"]
    let ends = ["", "", "", "/", "/**", " ", "\\ ", "/*"]
    let middle = (0..<Int.random(in: 1...4, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
    return (marks.randomElement(using: &random) ?? "") + middle.joined() + (ends.randomElement(using: &random) ?? "")
  }
}

/// A small generator with a seed, so that a failing case can be seen again.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
