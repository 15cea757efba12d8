import Foundation
import MerlonAPI
import MerlonBase
import MerlonModels
import MerlonProgram
import MerlonPython
import Testing

@testable import MerlonFastAPI

/// Reads the fixtures under `Tests/Fixtures/guards`: a comment `# guard: …` above a definition says what it enforces.
@Suite struct GuardReaderTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/guards")

  static let files: [SourceFile] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".py") }.sorted().compactMap { name in
      (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)).map { SourceFile(path: name, text: $0) }
    }
  }()

  static func makeReader() -> GuardReader {
    let program = Program(
      files: files, options: ProgramOptions(libraries: ModelledLibraries(.builtIn)))
    return GuardReader(program: program, models: .builtIn)
  }

  struct Expectation: CustomStringConvertible, Sendable {
    var file: String
    var line: Int
    var words: [String]
    var description: String { "\(file):\(line)" }
  }

  static let expectations: [Expectation] = files.flatMap { file -> [Expectation] in
    guard case .bytes(let bytes) = file.content else { return [] }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
    return lines.enumerated().compactMap { index, line in
      guard line.hasPrefix("# guard: ") else { return nil }
      return Expectation(
        file: file.path, line: index + 2, words: line.dropFirst(9).split(separator: " ").map(String.init))
    }
  }

  @Test func `there are at least sixty shapes`() {
    #expect(Self.expectations.count >= 60)
  }

  /// AT-7.2, AT-7.3, AT-13.2, AT-43.2.
  @Test(arguments: Set(expectations.map(\.file)).sorted())
  func `each fixture enforces what its comment says`(_ file: String) throws {
    let reader = Self.makeReader()
    for expectation in Self.expectations where expectation.file == file {
      let module = try #require(reader.program.modules.first { $0.path == expectation.file })
      let (name, facts) = try #require(Self.facts(at: expectation, module, reader), "\(expectation)")
      let expected = Self.normal(expectation.words)
      let found = Self.words(
        of: facts, optional: expectation.words.contains("optional"),
        principal: expectation.words.contains("principal"))
      #expect(found == expected, "\(expectation) \(name)")
    }
  }

  @Test func `a callable that is too large to follow leaves those behind it alone`() throws {
    let large = "def large(token):\n" + String(repeating: "    text = token.strip()\n", count: 500)
    let text =
      large + """

        from fastapi import HTTPException

        def small(request):
            if request.headers.get("authorization") != KEY:
                raise HTTPException(401)

        KEY = "an example"
        """
    let program = Program(
      files: [SourceFile(path: "app.py", text: text)],
      options: ProgramOptions(libraries: ModelledLibraries(.builtIn)))
    let reader = GuardReader(program: program, models: .builtIn, stepLimit: 400)
    let module = try #require(program.modules.first)
    let functions = module.tree.elements(module.tree.root).filter { module.tree.kind($0) == .functionDef }
    let facts = functions.map {
      reader.dependencyFacts(.function(Definition(module: module.id, node: $0), captured: [:], receiver: nil))
    }
    #expect(facts.map(\.refusesStrangers) == [false, true])
  }

  static func normal(_ words: [String]) -> Set<String> {
    Set(words.filter { !["dependency", "handler", "middleware", "dispatch", "nothing"].contains($0) })
  }

  static func words(of facts: GuardFacts, optional: Bool, principal: Bool) -> Set<String> {
    var result: Set<String> = []
    for enforcement in facts.enforces {
      result.insert(
        enforcement == .authorization
          ? "authorization(\(facts.requirements.joined(separator: ",")))" : enforcement.rawValue)
    }
    for gap in facts.gaps { result.insert("gap:\(gap.kind.rawValue)") }
    for exemption in facts.exemptions {
      let match = exemption.match == .equal ? "" : exemption.match.rawValue
      result.insert("exempt:\(exemption.isNegated ? "!" : "")\(match)\(exemption.text)")
    }
    if optional, facts.isOptional { result.insert("optional") }
    if principal, facts.returnsPrincipal { result.insert("principal") }
    return result
  }

  static func facts(at expectation: Expectation, _ module: Module, _ reader: GuardReader) -> (String, GuardFacts)? {
    let tree = module.tree
    for statement in tree.elements(tree.root) {
      var first = tree.position(tree.range(statement).start).line
      switch tree.kind(statement) {
      case .functionDef, .asyncFunctionDef:
        for decorator in tree[tree.functionDef(statement).decorators] {
          first = min(first, tree.position(tree.range(decorator).start).line)
        }
      default: break
      }
      guard first == expectation.line else { continue }
      let definition = Definition(module: module.id, node: statement)
      switch tree.kind(statement) {
      case .functionDef, .asyncFunctionDef:
        let name = tree.text(tree.functionDef(statement).name)
        if expectation.words.contains("handler") {
          return (name, reader.facts(reader.handlerSummary(definition), mode: .handler))
        }
        if expectation.words.contains("dispatch") {
          return (name, reader.facts(reader.summary(of: definition, mode: .dispatch), mode: .dispatch))
        }
        return (name, reader.dependencyFacts(.function(definition, captured: [:], receiver: nil)))
      case .classDef:
        let name = tree.text(tree.classDef(statement).name)
        guard let (summary, mode) = reader.middlewareSummary(of: definition, attributes: [:]) else { return nil }
        return (name, reader.facts(summary, mode: mode))
      case .assign:
        guard let target = tree[tree.assign(statement).targets].first else { return nil }
        let value = reader.value(of: Definition(module: module.id, node: target))
        guard let callable = value.callables.first else { return nil }
        return (tree.text(target), reader.dependencyFacts(callable))
      default: return nil
      }
    }
    return nil
  }
}
