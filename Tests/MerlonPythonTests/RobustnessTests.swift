import MerlonBase
import Testing

@testable import MerlonPython

/// Any bytes in, a tree out. `Tests/oracle/mutations.py` does the same with real files and compares with CPython.
@Suite("Any input")
struct RobustnessTests {
  /// Inputs that make careless parsers recurse, backtrack or rescan. With quadratic work these would take minutes.
  static let adversarial: [(name: String, source: String)] = {
    func times(_ text: String, _ count: Int = 100_000) -> String { String(repeating: text, count: count) }
    func numbered(_ count: Int, _ make: (Int) -> String) -> String { (0..<count).map(make).joined() }
    return [
      ("open parentheses", times("(")), ("closed brackets", times("[") + times("]")),
      ("unclosed brackets on lines", times("(\n", 20_000)), ("a line of 10 MB", "x = " + times("1+", 5_000_000) + "1"),
      ("indents", numbered(3000) { String(repeating: " ", count: $0) + "if 1:\n" }),
      ("a million blocks", times("if 1:\n x\n", 500_000)), ("elif", "if 1: pass\n" + times("elif 1: pass\n")),
      ("nested f-strings", times("f'{")), ("f-strings in other quotes", times("f\"{f'{")),
      ("nested specifications", times("f'{x:{", 50_000)), ("signs", times("-") + "1"), ("not", times("not ") + "1"),
      ("lambdas", times("lambda:") + "1"), ("conditionals", times("1 if 1 else ") + "1"),
      ("powers", times("1**") + "1"),
      ("attributes", "a" + times(".a")), ("calls", "a" + times("()")), ("comparisons", "a" + times("<a")),
      ("decorators", times("@a\n") + "def f(): pass"), ("escaped line ends", times("\\\n") + "x"),
      ("unended triple quotes", times("\"\"\"a\n", 50_000)), ("unended quotes", times("'a\n")),
      ("broken statements", times("x y\n")), ("stars", times("*a\n")), ("targets", times("a = ") + "1"),
      ("parameters", "def f(" + numbered(50_000) { "a\($0)," } + "): pass"),
      ("keywords", "f(" + numbered(50_000) { "a\($0)=1," } + ")"),
      ("globals", "def f():\n" + numbered(50_000) { " global x\($0)\n" }),
      ("alternatives", "match x:\n case " + times("[a]|", 50_000) + "[a]: pass"),
      ("cases", "match x:\n" + times(" case A(a=b): pass\n", 50_000)), ("walrus", times("(a:=")),
      ("comprehension loops", "[x " + times("for x in y ") + "]"), ("empty lines", times("\n", 1_000_000)),
      ("named characters", "'" + times("\\N{DIGIT ONE}") + "'"), ("return of carriages", times("\r", 1_000_000)),
    ]
  }()

  @Test("adversarial input gives a tree", arguments: RobustnessTests.adversarial)
  func adversarialInputIsParsed(name: String, source: String) {
    check(PythonParser.parse(Array(source.utf8)))
  }

  @Test("random bytes and pieces of syntax give a tree")
  func randomInputIsParsed() {
    var random = SplitMix(state: 1)
    let pieces = [
      "(", ")", "[", "]", "{", "}", "\"", "'", "\"\"\"", "f'", "t\"", "\\", ":", ",", "=", "*", "**", "lambda ",
      "async ", "await ", "yield ", "match x:\n", " case ", "class A", "def f(", "if ", "else:", "try:", "except* ",
      "#", "\0", "\u{FEFF}", "é", "0x", "1e", ":=", "->", "@", "{x!r:>{w}}", "\\N{", "global x", "type X[T] = ",
      "import *", ";", "\n", " ", "\t", "\r\n", "del ", "not ", " in ", "a", "1",
    ].map { Array($0.utf8) }
    for round in 0..<20_000 {
      var source: [UInt8] = []
      for _ in 0..<(random.next() % 60) {
        if round.isMultiple(of: 4) {
          source.append(UInt8(truncatingIfNeeded: random.next()))
        } else {
          source += pieces[Int(random.next() % UInt64(pieces.count))]
        }
      }
      check(PythonParser.parse(source))
    }
  }

  @Test("programs cut at any byte, and with any byte changed, give a tree")
  func damagedProgramsAreParsed() {
    let program = Array(
      #"""
      @a.b
      async def f[T: int](a, /, b: T = 1, *c, d=f"{x!r:>{w}}é", **e) -> None:
          async with a as b, (c): yield [await x async for x in y if z]
          match a:
              case {"k": [1, *_], **r} | A(b=-1j) if (n := 2): return
          try: x: int = lambda *a: {**b, 1: 2}
          except* (A, B) as e: raise E from e
          global g; del x[1:2, ...]; g @= rb'\xff' b"" ; type X = "\N{DIGIT ONE}"
      """#.utf8)
    for position in program.indices {
      check(PythonParser.parse(Array(program[..<position])))
      for byte in [0, 0x0A, 0x20, 0x22, 0x27, 0x28, 0x29, 0x5C, 0x7B, 0x7D, 0xFF] as [UInt8] {
        var changed = program
        changed[position] = byte
        check(PythonParser.parse(changed))
      }
    }
  }

  /// What every tree promises, whatever it was read from.
  private func check(_ tree: Tree, at location: Testing.SourceLocation = #_sourceLocation) {
    let count = UInt32(tree.source.count)
    let nodes = UInt32(tree.nodes.count)
    var outside = 0
    for id in 1..<nodes {
      let node = tree[NodeID(id)]
      if node.end > count || node.start > node.end { outside += 1 }
      tree.forEachChild(NodeID(id)) { if $0.index >= nodes { outside += 1 } }
    }
    for diagnostic in tree.diagnostics where diagnostic.range.end > count { outside += 1 }
    #expect(outside == 0, sourceLocation: location)
    #expect(tree.kind(tree.root) == .module, sourceLocation: location)
    // Reaching every node takes no recursion and ends, so the records form a tree.
    var reached = 0
    tree.walk(tree.root) { _ in
      reached += 1
      return reached <= Int(nodes)
    }
    #expect(reached <= Int(nodes), sourceLocation: location)
  }
}

/// A small random generator that gives the same numbers in each run (SplitMix64).
private struct SplitMix {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
    return value ^ (value >> 31)
  }
}
