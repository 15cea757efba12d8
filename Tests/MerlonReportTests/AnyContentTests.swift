import MerlonBase
import MerlonReport
import Testing

/// Files change between the scan and the report, so a place may lie anywhere; and a file may hold any bytes.
@Test("Any bytes and any places render without harm, at any width", arguments: 0..<40)
func anyContent(seed: UInt64) throws {
  var random = SplitMix(state: seed)
  let alphabet: [[UInt8]] = [
    Array("x".utf8), Array(" ".utf8), Array("\t".utf8), Array("\n".utf8), Array("\r".utf8), Array("漢".utf8),
    Array("😀".utf8), Array("e\u{301}".utf8), [0xFF], [0xC3], [0xE2, 0x82], [0x00], [0x1B], Array("`".utf8),
  ]
  let source = (0..<Int.random(in: 0...400, using: &random)).flatMap { _ in
    alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
  }
  let places = [-3, 0, 1, 2, 3, 5, 20, 200, 1 << 40]
  func position() -> SourcePosition {
    SourcePosition(
      line: places.randomElement(using: &random) ?? 0, column: places.randomElement(using: &random) ?? 0)
  }
  let findings = (0..<20).map { _ in
    let location = MerlonBase.SourceLocation(
      path: "a.py", range: TextRange(start: 1, end: 2), start: position(), end: position())
    let step = FlowStep(location: location, message: String(decoding: source.prefix(30), as: UTF8.self))
    return Samples.finding(at: location, evidence: [.codeFlow([step]), .related(step)])
  }
  let options = Samples.options(width: Int.random(in: 0...120, using: &random), sources: ["a.py": source])
  for format in ReportFormat.allCases {
    let bytes = render(Samples.report(findings: findings), format: format, options: options)
    let text = try #require(String(validating: bytes, as: UTF8.self))
    #expect(!text.unicodeScalars.contains { $0 != "\n" && $0.value < 0x20 })
  }
}

/// Steele, Lea and Flood's SplitMix64: the same numbers for the same seed everywhere.
private struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
