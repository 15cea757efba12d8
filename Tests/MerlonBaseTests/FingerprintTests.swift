import MerlonBase
import Testing

@Suite("Fingerprints")
struct FingerprintTests {
  @Test("AT-2.4: a shift by 200 lines keeps the fingerprint")
  func shift() {
    let before = assigned([finding(line: 10), finding(line: 40)])
    let after = assigned([finding(line: 210), finding(line: 240)])
    #expect(before.map(\.fingerprint) == after.map(\.fingerprint))
    #expect(before.map(\.movedFingerprint) == after.map(\.movedFingerprint))
  }

  @Test("Two equal findings in one scope have different fingerprints, counted from the top")
  func ordinals() {
    let forwards = assigned([finding(line: 10), finding(line: 40)])
    let backwards = assigned([finding(line: 40), finding(line: 10)])
    #expect(forwards[0].fingerprint != forwards[1].fingerprint)
    #expect(forwards.map(\.fingerprint) == backwards.reversed().map(\.fingerprint))
  }

  @Test("A new finding elsewhere leaves the others as they were")
  func unrelated() {
    let alone = assigned([finding(line: 10)])
    let others = assigned([
      finding(id: "MRL102", line: 2), finding(line: 3, scope: "shop.api.other", scopeInModule: "other"),
      finding(line: 4, evidence: "jwt.decode(other)"), finding(line: 10),
    ])
    #expect(others[3].fingerprint == alone[0].fingerprint)
    #expect(Set(others.map(\.fingerprint)).count == 4)
  }

  @Test("Moving the file changes the fingerprint and keeps the moved one")
  func moved() {
    let before = assigned([finding(line: 10)])
    let after = assigned([finding(line: 10, path: "shop/auth.py", scope: "shop.auth.read")])
    #expect(before[0].fingerprint != after[0].fingerprint)
    #expect(before[0].movedFingerprint == after[0].movedFingerprint)
  }

  @Test("The way that the parts are split does not make two findings alike")
  func partsAreSeparate() {
    let left = assigned([finding(line: 1, scope: "a", scopeInModule: "", evidence: "bc")])
    let right = assigned([finding(line: 1, scope: "ab", scopeInModule: "", evidence: "c")])
    #expect(left[0].fingerprint != right[0].fingerprint)
  }

  @Test("A fingerprint is a version and 32 hexadecimal digits, and never changes by accident")
  func form() {
    let found = assigned([finding(line: 10)])[0]
    #expect(found.fingerprint == "v1-90da85936c8445f5c72fcd64851e66d9")
    #expect(found.movedFingerprint == "v1-9acd5bffc33dcafa1e4b563cf0eb8e46")
  }

  private func finding(
    id: String = "MRL101", line: Int, path: String = "shop/api.py", scope: String = "shop.api.read",
    scopeInModule: String = "read", evidence: String = "jwt.decode(token)"
  ) -> Finding {
    let start = SourcePosition(line: line, column: 4)
    let location = SourceLocation(
      path: path, range: TextRange(start: UInt32(line * 40), end: UInt32(line * 40 + 17)), start: start,
      end: SourcePosition(line: line, column: 21))
    return Finding(
      id: id, name: "jwt-signature-not-verified", severity: .critical, confidence: .high, message: "not verified",
      location: location, scope: scope, scopeInModule: scopeInModule, normalizedEvidence: evidence)
  }

  private func assigned(_ findings: [Finding]) -> [Finding] {
    var findings = findings
    Fingerprint.assign(to: &findings)
    return findings
  }
}

@Suite("Normal form of evidence")
struct EvidenceTextTests {
  @Test(
    "does not depend on the layout",
    arguments: [
      ["jwt.decode(token, key)", "jwt.decode(\n    token,\n    key,\n)", "jwt . decode( token , key ,)  # why"],
      ["x = 'it\\'s'", "x=\"it's\"", "x = \\\n  \"it's\""],
      ["f(R'a', bR\"b\")", "f( r\"a\" ,Rb'b')"],
      ["not a in b", "not  a\tin\n b"],
      ["f('''a''')", "f(\"\"\"a\"\"\")"],
    ])
  func layout(ways: [String]) {
    let forms = Set(ways.map { EvidenceText.normalized($0.utf8) })
    #expect(forms.count == 1, "\(forms)")
  }

  @Test(
    "keeps apart what means something else",
    arguments: [
      ("notx", "not x"), ("f('a b')", "f('ab')"), ("f(a, b)", "f(a.b)"), ("f('#')", "f('')"), ("f(1)", "f(2)"),
      ("b'x'", "'x'"),
    ])
  func meaning(left: String, right: String) {
    #expect(EvidenceText.normalized(left.utf8) != EvidenceText.normalized(right.utf8))
  }

  @Test("takes any bytes", arguments: ["'", "\"\"\"", "rb'", "\\", "'\\", "#", ",", "'''a''", "\u{0}\u{FF}é'"])
  func anyBytes(text: String) {
    let bytes = Array(text.utf8)
    for end in 0...bytes.count {
      #expect(EvidenceText.normalized(bytes[..<end] + [0xFF]).utf8.count <= 3 * (end + 1) + 4)
    }
  }
}
