import MerlonProgram
import MerlonPython
import Testing

@Suite("Any input gives a program whose questions can be asked")
struct AnyInputTests {
  /// A small generator with a fixed seed, so that every run tries the same.
  struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ (state >> 29)
    }
  }

  static let seeds = Array(0..<60)

  /// The texts of the other tests, cut and mixed.
  private func mutated(_ seed: Int) -> [SourceFile] {
    var random = Generator(state: UInt64(seed) &* 77 &+ 5)
    var texts = QualifiedNameTests.cases.flatMap { $0.files.map(\.text) }
    texts += [ConstantTests.text, ConstantTests.config] + DeterminismTests.files.prefix(2).map(\.1)
    return (0..<6).map { index in
      var bytes = Array((texts.randomElement(using: &random) ?? "").utf8)
      for _ in 0..<Int.random(in: 0...6, using: &random) where bytes.count > 20 {
        let start = Int.random(in: 0..<bytes.count - 10, using: &random)
        let length = Int.random(in: 0...8, using: &random)
        switch Int.random(in: 0...2, using: &random) {
        case 0: bytes.removeSubrange(start..<start + length)
        case 1: bytes.insert(contentsOf: bytes[start..<start + length], at: bytes.count / 2)
        default: bytes[start] = UInt8.random(in: 0...255, using: &random)
        }
      }
      return SourceFile(path: index % 2 == 0 ? "shop/m\(index).py" : "m\(index)/__init__.py", bytes: bytes)
    }
  }

  @Test("Mutated files", arguments: seeds)
  func mutations(_ seed: Int) {
    let program = Program(files: mutated(seed), options: ProgramOptions(threadCount: 2))
    var asked = 0
    for module in program.modules {
      let semantics = program.semantics(of: module)
      module.tree.walk(module.tree.root) { node in
        asked += 1
        _ = semantics.qualifiedNames(of: node)
        _ = semantics.type(of: node)
        _ = semantics.definition(of: node)
        _ = semantics.constant(of: node)
        _ = semantics.origins(of: node, throughConversions: true)
        _ = semantics.environmentDefault(of: node)
        _ = semantics.enclosingTries(of: node)
        _ = module.qualifiedName(ofScopeAt: node)
        if module.tree.kind(node) == .call { _ = semantics.bind(node) }
        if module.tree.kind(node) == .classDef { _ = semantics.classOrder(of: node) }
        #expect(module.parent(of: node).isNone == (node == module.tree.root))
        return true
      }
      _ = module.classifiedScopes(inlinesComprehensions: true)
    }
    #expect(asked > 0)
  }

  @Test("Long chains of code end without deep recursion")
  func chains() throws {
    let texts = [
      "def f(x):\n    if x == 0:\n        y = 0\n"
        + (0..<3_000).map { "    elif x == \($0):\n        y = g(y)\n" }.joined() + "    return ‹a›y‹/›\n",
      "x = " + (0..<20_000).map { "a\($0)" }.joined(separator: " + ") + "\n‹a›x‹/›\n",
      "x = 'a'" + String(repeating: " + 'b'", count: 20_000) + "\n‹a›x‹/›\n",
      "x = a" + String(repeating: ".b", count: 20_000) + "\n‹a›x‹/›\n",
      "class C0: ...\n" + (0..<1_000).map { "class C\($0 + 1)(C\($0)): ...\n" }.joined() + "‹a›C1000‹/›().x\n",
      "def f():\n    x = 1\n" + (0..<3_000).map { _ in "    x = g(x)\n" }.joined() + "    ‹a›x‹/›\n",
    ]
    for text in texts {
      let (semantics, node) = try TestProject(text).find("a")
      _ = semantics.qualifiedName(of: node)
      _ = semantics.type(of: node)
      _ = semantics.constant(of: node)
      #expect(!semantics.origins(of: node).isEmpty)
    }
  }
}
