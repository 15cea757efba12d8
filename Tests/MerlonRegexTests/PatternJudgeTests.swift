import Foundation
import MerlonRegex
import Testing

@Suite("How long patterns can take")
struct PatternJudgeTests {
  /// A line of `Tests/Fixtures/patterns/judged.txt`, which `Tests/oracle/redos.py` proves against CPython.
  struct Line: Sendable, CustomTestStringConvertible {
    var verdict: String
    var use: PatternUse
    var flags: PatternFlags
    var pattern: String
    var testDescription: String { "\(verdict) \(use) \(pattern)" }
  }

  static let lines: [Line] = {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fixtures/patterns/judged.txt")
    let text = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    return text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: " ", maxSplits: 3).map(String.init)
      guard parts.count == 4, let use = PatternUse(rawValue: parts[1]),
        let pattern = try? JSONDecoder().decode([String].self, from: Data("[\(parts[3])]".utf8)).first
      else { return nil }
      let flags: [Character: PatternFlags] = [
        "i": .ignoreCase, "m": .multiLine, "s": .dotAll, "x": .verbose, "a": .ascii,
      ]
      return Line(
        verdict: parts[0], use: use, flags: PatternFlags(parts[2].compactMap { flags[$0] }), pattern: pattern)
    }
  }()

  static func name(_ verdict: PatternVerdict) -> String {
    switch verdict {
    case .harmless: "harmless"
    case .exponential: "exponential"
    case .polynomial: "polynomial"
    case .notJudged: "notJudged"
    }
  }

  @Test("each known pattern has its verdict", arguments: PatternJudgeTests.lines)
  func verdicts(line: Line) {
    #expect(Self.name(PatternJudge.judge(line.pattern, flags: line.flags, use: line.use)) == line.verdict)
  }

  @Test("the list of known patterns is read") func listIsRead() { #expect(Self.lines.count > 50) }

  @Test("the part that is ambiguous and a text are named")
  func evidence() throws {
    guard case .exponential(let attack) = PatternJudge.judge(#"^id:(\w+\s?)+;$"#, use: .match) else {
      Issue.record("not exponential")
      return
    }
    #expect(attack.ambiguousPart == #"(\w+\s?)+"#)
    #expect(attack.text(repeating: 3).hasPrefix("id:"))
    guard case .polynomial(let degree, let other) = PatternJudge.judge(#"x\s*\s*\s*;"#, use: .match) else {
      Issue.record("not polynomial")
      return
    }
    #expect(degree == 3)
    #expect(other.ambiguousPart == #"\s*…\s*…\s*"#)
  }

  @Test(
    "hostile patterns are answered",
    arguments: [
      String(repeating: "(", count: 100_000), String(repeating: "(?:", count: 59) + String(repeating: ")+", count: 59),
      String(repeating: "(?:a", count: 50) + String(repeating: ")*", count: 50),
      String(repeating: "(?:", count: 55) + String(repeating: "){9}", count: 55),
      String(repeating: "(?:a", count: 40) + String(repeating: "){1000,}", count: 40),
      String(repeating: "a*", count: 400) + "b", String(repeating: "(a|b*)*", count: 150) + "c",
      String(repeating: "[a-z0-9_]*", count: 50) + "!", "(" + String(repeating: "a?", count: 200) + ")*b",
      "(?:" + (0..<200).map { "\($0)+" }.joined(separator: "|") + ")*x", String(repeating: "\\", count: 999),
      "(?=" + String(repeating: "(a*)*", count: 30) + ")b", "(a{1000}){1000}", "((a{0,1000}){0,1000})*b",
      "[" + String(String.UnicodeScalarView((0x100..<0x400).compactMap { Unicode.Scalar(UInt32($0)) })) + "]+$",
      "a{999999999999999999999}", "\u{0}*", "(?P<a>(?P<b>(?P=a)))", "(?(1)a|b)+", "(?#", "(?", "(?i", "(?-i)a*",
    ])
  func hostile(pattern: String) {
    for use in PatternUse.allCases { _ = PatternJudge.judge(pattern, use: use) }
  }

  @Test("damaged patterns are answered")
  func damaged() {
    var random = SeededGenerator(state: 7)
    let letters = Array("()[]{}*+?|\\^$.,-:=!<>#Pabdsw019 \n")
    for line in Self.lines {
      for _ in 0..<10 {
        var pattern = Array(line.pattern)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          let place = Int.random(in: 0..<max(1, pattern.count), using: &random)
          if Bool.random(using: &random), place < pattern.count {
            pattern.remove(at: place)
          } else {
            pattern.insert(letters[Int.random(in: 0..<letters.count, using: &random)], at: min(place, pattern.count))
          }
        }
        _ = PatternJudge.judge(String(pattern), flags: line.flags, use: line.use)
      }
    }
  }
}

/// A generator with a seed, so that a failure can be seen again.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}
