import MerlonProgram
import MerlonPython
import Testing

@Suite("Answers do not depend on threads or on the order of questions")
struct DeterminismTests {
  static let files: [(String, String)] = (0..<40).map { index in
    (
      "p/m\(index).py",
      """
      from p.m\((index + 1) % 40) import f as g, C as D, *
      import lib\(index % 3)
      class C(D):
          x: "C" = None
          def h(self):
              self.y = self.h()
              return self.y or g(self)
      def f(a: C):
          b = g(a)
          b = b or a.h()
          return b
      v = f(C()).h
      """
    )
  }

  /// Names and types of all expressions of a program, asked from the front or from the back.
  private func answers(threads: Int, backwards: Bool) -> [String] {
    let program = Program(
      files: Self.files.map { SourceFile(path: $0.0, text: $0.1) }, options: ProgramOptions(threadCount: threads))
    let modules = backwards ? program.modules.reversed() : program.modules
    var result: [String] = []
    for module in modules {
      let semantics = program.semantics(of: module)
      var nodes: [NodeID] = []
      module.tree.walk(module.tree.root) { node in
        if module.tree.kind(node).isExpression { nodes.append(node) }
        return true
      }
      for node in backwards ? nodes.reversed() : nodes {
        let names = semantics.qualifiedNames(of: node).joined(separator: ",")
        let types = semantics.types(of: node).map(\.qualifiedName).joined(separator: ",")
        result.append("\(module.path) \(node.index) \(names) \(types)")
      }
    }
    return result.sorted()
  }

  @Test("Cyclic modules answer the same whatever is asked first")
  func order() {
    let first = answers(threads: 1, backwards: false)
    #expect(first == answers(threads: 4, backwards: true))
    #expect(first.contains { $0.contains("p.m") })
  }
}
