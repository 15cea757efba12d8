import MerlonBase
import Testing

/// Files that were made to break readers: each must be read to its end or listed as a limit, with ranges in the file.
@Suite struct DeploymentHostileTests {
  static let paths = [
    "Dockerfile", "compose.yaml", "k8s.yaml", "Procfile", "run.sh", "shop.service", ".env", "Makefile",
  ]

  static let texts: [(name: String, bytes: [UInt8])] = [
    ("nothing", []),
    ("a line break", [0x0A]),
    ("every byte", (0...255).map { UInt8($0) } + (0...255).reversed().map { UInt8($0) }),
    ("a byte order mark alone", [0xEF, 0xBB, 0xBF]),
    ("open quotes", Array("RUN \"abc\nservices: \"x\nweb: 'a\nENV A=\"".utf8)),
    ("continuations without end", Array(String(repeating: "RUN a \\\n", count: 20_000).utf8)),
    ("heredocs without end", Array(String(repeating: "RUN <<A <<B\ncat <<C\n", count: 10_000).utf8)),
    ("stages", Array(String(repeating: "FROM a AS a\n", count: 50_000).utf8)),
    ("doubling variables", Array(("ENV A=xy\n" + String(repeating: "ENV A=$A$A\n", count: 200)).utf8)),
    ("brackets", Array(("services: " + String(repeating: "[", count: 100_000)).utf8)),
    ("braces of variables", Array(("ENV A=" + String(repeating: "${", count: 100_000)).utf8)),
    ("substitutions", Array(("web: " + String(repeating: "$(", count: 100_000)).utf8)),
    ("wrappers", Array(("web: " + String(repeating: "exec sh -c ", count: 50_000)).utf8)),
    ("blanks", Array(repeating: 0x20, count: 500_000)),
    ("one long word", Array(("CMD " + String(repeating: "a", count: 500_000)).utf8)),
    ("dashes", Array(("apiVersion: 1\nkind: x\nservices:\n" + String(repeating: "- ", count: 50_000)).utf8)),
  ]

  @Test("Every reader ends on every text", arguments: paths)
  func readers(path: String) {
    for (name, bytes) in Self.texts {
      for finding in deploymentFindings(path, bytes).findings {
        #expect(Int(finding.location.range.end) <= bytes.count, "\(path) \(name)")
      }
    }
  }

  @Test("Aliases that stand for ever more aliases are neither expanded nor hashed", arguments: ["x: *l40", "*l40 : x"])
  func aliasBomb(last: String) {
    var text = "services:\n  a: {image: x, privileged: true}\nbomb:\n  - &l0 [a, a]\n"
    for level in 1...40 { text += "  - &l\(level) [*l\(level - 1), *l\(level - 1)]\n" }
    let outcome = deploymentFindings("compose.yaml", Array((text + "  - {\(last)}\n").utf8))
    #expect(outcome.findings.map(\.id) == ["MRL533"])
  }

  @Test("Merge keys that grow beyond bounds end in a limit")
  func mergeBomb() {
    var text = "a: &a\n"
    for key in 0..<2_000 { text += "  k\(key): 1\n" }
    text += "services:\n"
    for name in 0..<200 { text += "  s\(name): {<<: *a}\n" }
    #expect(deploymentFindings("compose.yaml", Array(text.utf8)).limits.map(\.kind) == ["unparsed-yaml"])
  }

  @Test("Nesting deeper than any file has is a limit")
  func deepNesting() {
    let text = "services: " + String(repeating: "[", count: 5_000) + String(repeating: "]", count: 5_000)
    #expect(deploymentFindings("compose.yaml", Array(text.utf8)).limits.map(\.kind) == ["unparsed-yaml"])
  }

  @Test("A broken YAML file is one limit, at the place of the mistake")
  func brokenYAML() {
    let limits = deploymentFindings("compose.yaml", Array("services:\n  a:\n image: [x\n".utf8)).limits
    #expect(limits.map(\.kind) == ["unparsed-yaml"])
    #expect((limits.first?.position?.line ?? 0) > 1)
  }

  @Test("A template of a manifest is a limit of its own")
  func helmTemplate() {
    let text = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Values.name }}\n  {{- if x }}\n"
    #expect(deploymentFindings("pod.yaml", Array(text.utf8)).limits.map(\.kind) == ["template-not-rendered"])
  }

  @Test("Windows line ends and a missing last line end change nothing", arguments: ["\n", "\r\n"])
  func lineEnds(end: String) {
    let lines = [
      "FROM python:3.13", "RUN a \\", "  # between", "  && b", "ENV API_KEY=s3cr3t-4f8c2a1",
      "CMD [\"uvicorn\", \"--reload\"]",
    ]
    let found = deploymentFindings("Dockerfile", Array(lines.joined(separator: end).utf8)).findings
    #expect(Set(found.map { "\($0.id) \($0.location.start.line)" }) == ["MRL530 1", "MRL531 5", "MRL532 6"])
    let compose = ["services:", "  a:", "    privileged: true", "    command: |", "      x", "      fastapi dev"]
    let services = deploymentFindings("compose.yaml", Array(compose.joined(separator: end).utf8)).findings
    #expect(Set(services.map { "\($0.id) \($0.location.start.line)" }) == ["MRL533 3", "MRL532 6"])
  }

  @Test("A finding points to the word that it is about, after a byte order mark and beside other alphabets")
  func ranges() {
    let text = "\u{FEFF}services:\n  gr\u{FC}n:\n    command: sh -c 'echo \u{1F600}; fastapi dev'\n"
    let bytes = Array(text.utf8)
    let range = deploymentFindings("compose.yaml", bytes).findings.first?.location.range
    #expect(range.map { String(decoding: bytes[Int($0.start)..<Int($0.end)], as: UTF8.self) } == "dev")
  }

  @Test("Cut and changed files never leave a finding outside of the file")
  func mutations() {
    var generator = SplitMix(state: 42)
    let seed = Array(
      """
      FROM python:3.13 AS a
      ENV SECRET_KEY="x1y2z3a4b5c6" A=$B
      RUN --mount=type=x <<E
      pip https://u:pppp@h/x
      E
      CMD ["uvicorn", "--reload", "a:b"]
      services: {a: &a {image: x, privileged: true, ports: ["5432:5432"]}, b: {<<: *a, command: "sh -c 'fastapi dev'"}}
      """.utf8)
    for _ in 0..<400 {
      var bytes = seed
      for _ in 0..<Int(generator.next() % 8) {
        guard !bytes.isEmpty else { break }
        let index = Int(generator.next() % UInt64(bytes.count))
        switch generator.next() % 3 {
        case 0: bytes.remove(at: index)
        case 1: bytes[index] = UInt8(truncatingIfNeeded: generator.next())
        default: bytes.insert(contentsOf: bytes[index...].prefix(9), at: index)
        }
      }
      for path in Self.paths {
        let outcome = deploymentFindings(path, bytes)
        #expect(outcome.findings.allSatisfy { Int($0.location.range.end) <= bytes.count })
      }
    }
  }
}

/// A small generator with a seed (splitmix64), so that each run changes the same bytes.
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
