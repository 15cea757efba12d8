import MerlonBase
import Testing

@testable import MerlonPython

/// Whatever the bytes, the parser returns a sound tree.
@Suite("Any bytes")
struct MutationTests {
  /// A small generator with a fixed course (SplitMix64).
  struct Course: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  static let programs: [String] =
    SyntaxTests.trees.map(\.source) + RecoveryTests.broken.map(\.source) + [
      "@decorator\nasync def f(a: int, /, b=1, *c: *d, e, f=2, **g) -> h:\n    async with a as b, c: await d\n    return",
      "try:\n\tx = [i async for i in (yield)]\nexcept (A, B) as e:\n\traise C from e\nelse: pass\nfinally:\n\tdel x, (y, z)",
      "match (a, *b):\n  case {'x': 1, **rest} | C.D(y, z=-1+2j) if x: global a, b\n  case [*_, None] as q: nonlocal c",
      "x: int = y = z\n(a, [b, *c]) = d = yield e\na += lambda *args, k=f'{x!r:{y}}': {**k, 1: 2}\nassert a, b",
      "f'''{x:\n  {y}} {{ }} \\N{DIGIT ONE} {z = !s:>{w}}''' rf\"{'nested' f'{1}'}\" u'é' t'{a}'\nb'\\x00' rb'\\d'",
      "for i, in a if b else c: continue\nelse:\n  while x := 1: break\n\n# comment\n\\\nif a: b;c;\nelif d: e\nelse: f",
      "from . import (a as b, c,)\nimport d.e as f\nclass A[T: int = str, *Ts, **P](B, m=C): ...\ntype X[T] = list[T]\n",
      "a <= b is not c not in d == ~-+e ** -f @ g // h[1:2:3, ::] (i, *j, k=l, **m)\n0x1f 0o17 0b1 1_0.5e-3 2j 'é' ﬁ",
    ]

  static let pieces: [String] = [
    "(", ")", "[", "]", "{", "}", "'", "\"", "'''", "\"\"\"", "f'", "f\"\"\"{", "t'{", "\\", "\n", "\r", "\n\n    ",
    "\t",
    "\u{c}", "\0", "é", "\u{FEFF}", "#", ":", "=", ":=", ",", ";", "*", "**", "->", "@", "!", "$", "0", "1_", "0x",
    "1e",
    ".", "...", "if ", "else", "def f", "class ", "lambda ", "match ", "case ", "with (", "async ", "await ", "yield ",
    "not ", "in ", "for ", "except", "try:", "type ", "import ", "from ", "as ", "b'", "r'", "\\N{", "\\x", "{{", "}}",
  ]

  private static func mutated(_ bytes: [UInt8], _ course: inout Course) -> [UInt8] {
    var bytes = bytes
    for _ in 0..<Int.random(in: 1...4, using: &course) {
      let position = Int.random(in: 0...bytes.count, using: &course)
      let other = Int.random(in: position...min(bytes.count, position + 12), using: &course)
      switch Int.random(in: 0..<6, using: &course) {
      case 0: bytes.removeSubrange(position..<other)
      case 1: bytes.insert(contentsOf: bytes[position..<other], at: position)
      case 2: bytes.insert(UInt8.random(in: 0...255, using: &course), at: position)
      case 3: bytes.removeSubrange(position...)
      case 4:
        let program = Array(programs.randomElement(using: &course, or: "").utf8)
        bytes.insert(contentsOf: program.prefix(Int.random(in: 0...program.count, using: &course)), at: position)
      default: bytes.insert(contentsOf: pieces.randomElement(using: &course, or: "").utf8, at: position)
      }
    }
    return bytes
  }

  /// What every tree promises: ranges inside the text, and records that only speak of earlier ones.
  private func check(_ tree: Tree, _ bytes: [UInt8]) {
    let count = UInt32(tree.source.count)
    var isSound = tree.kind(tree.root) == .module
    for index in 1..<UInt32(tree.nodes.count) {
      let id = NodeID(index)
      let range = tree.range(id)
      isSound = isSound && range.start <= range.end && range.end <= count
      tree.forEachChild(id) { child in
        isSound = isSound && child < id
        if tree.kind(id).isExpression && tree.kind(child).isExpression {
          isSound = isSound && range.contains(tree.range(child))
        }
      }
    }
    for diagnostic in tree.diagnostics { isSound = isSound && diagnostic.range.end <= count }
    for comment in tree.comments { isSound = isSound && comment.end <= count }
    var text: [UInt8] = []
    tree.appendDump(to: &text)
    #expect(isSound, "\(String(decoding: bytes, as: UTF8.self).debugDescription)")
  }

  @Test("mutated programs give sound trees", arguments: 0..<8)
  func mutatedPrograms(seed: Int) {
    var course = Course(state: UInt64(seed))
    for _ in 0..<1500 {
      let program = Array(MutationTests.programs.randomElement(using: &course, or: "").utf8)
      let bytes = MutationTests.mutated(program, &course)
      check(PythonParser.parse(bytes), bytes)
    }
  }

  @Test("random bytes give sound trees")
  func randomBytes() {
    var course = Course(state: 99)
    for length in 0..<1500 {
      let bytes = (0..<length % 97).map { _ in UInt8.random(in: 0...255, using: &course) }
      check(PythonParser.parse(bytes), bytes)
    }
  }

  @Test("every beginning of a program gives a sound tree")
  func beginnings() {
    for program in MutationTests.programs {
      let bytes = Array(program.utf8)
      for length in 0..<bytes.count {
        let beginning = Array(bytes[..<length])
        check(PythonParser.parse(beginning), beginning)
      }
    }
  }

  static let n = 100_000
  /// Deep and long programs: none may exhaust the stack or take time that grows faster than the text.
  static let extremes: [(name: String, source: String, isValid: Bool)] = [
    ("parentheses", String(repeating: "(", count: n), false),
    ("mixed brackets", String(repeating: "([{", count: n), false),
    ("200 parentheses", String(repeating: "(", count: 200) + "a" + String(repeating: ")", count: 200), true),
    ("unary operators", String(repeating: "-", count: n) + "1", false),
    ("not", String(repeating: "not ", count: n) + "a", false),
    ("lambda", String(repeating: "lambda: ", count: n) + "a", false),
    ("default of a lambda", String(repeating: "lambda a=", count: n) + "a", false),
    ("conditional expressions", String(repeating: "a if b else ", count: n) + "c", false),
    ("powers", "a" + String(repeating: "**a", count: n), false),
    ("f-strings", String(repeating: "f'{", count: n), false),
    ("format specifications", "f'" + String(repeating: "{a:", count: n), false),
    ("subscripts", String(repeating: "a[", count: n), false),
    ("calls", String(repeating: "a(", count: n), false),
    ("patterns", "match a:\n case " + String(repeating: "[", count: n), false),
    ("open brackets on many lines", String(repeating: "f(\n", count: n), false),
    ("open strings on many lines", String(repeating: "'\n", count: n), false),
    ("escaped ends of strings", "'''\n" + String(repeating: "\\'''\n", count: n), false),
    ("indents", (0..<500).map { String(repeating: " ", count: $0) + "if a:\n" }.joined(), false),
    ("binary operators", "a" + String(repeating: "+a", count: n), true),
    ("boolean operators", "a" + String(repeating: " or a and a", count: n), true),
    ("comparisons", "a" + String(repeating: "<a", count: n), true),
    ("attributes", "a" + String(repeating: ".a", count: n), true),
    ("calls in a chain", "a" + String(repeating: "()", count: n), true),
    ("elif", "if a: b\n" + String(repeating: "elif a: b\n", count: n), true),
    ("assignments", String(repeating: "a = ", count: n) + "a", true),
    ("literals", String(repeating: "'a' ", count: n), true),
    ("keywords", "f(" + (0..<n).map { "a\($0)=1," }.joined() + ")", true),
    ("a long line", "a = [" + String(repeating: "1, ", count: n) + "]", true),
    ("changing indentation", String(repeating: "if a:\n b\n", count: n), true),
  ]

  @Test("deep and long programs are read or refused", arguments: MutationTests.extremes)
  func extremePrograms(name: String, source: String, isValid: Bool) {
    let tree = PythonParser.parse(Array(source.utf8))
    #expect(tree.diagnostics.isEmpty == isValid, "\(name): \(tree.diagnostics.first?.message ?? "")")
  }
}

extension Array {
  fileprivate func randomElement(using course: inout some RandomNumberGenerator, or other: Element) -> Element {
    randomElement(using: &course) ?? other
  }
}
