import Foundation
import MerlonAPI
import MerlonBase
import MerlonFastAPI
import MerlonModels
import MerlonProgram
import MerlonPython
import Testing

/// Reads `Tests/Fixtures/effects/*.py`: each function marked `# endpoint` is an operation, and the comments behind its
/// `def` say what must be found, no more and no less of each kind that is named:
/// `# effect: delete Item`, `# object: item_id Item none`, `# trait: massAssignment`; `# clean` means that no object is
/// untied and no trait is there.
@Suite("Effects of operations")
struct EffectFixtureTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Fixtures/effects")

  static func files() -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".py") }.sorted()
  }

  @Test("fixtures give what their comments say", arguments: files())
  func fixture(file: String) throws {
    let text = try String(contentsOf: Self.folder.appending(path: file), encoding: .utf8)
    let program = Program(
      files: [SourceFile(path: file, text: text)],
      options: ProgramOptions(libraries: ModelledLibraries(LibraryModels.builtIn)))
    let module = try #require(program.modules.first)
    let reader = EffectReader(program: program, models: LibraryModels.builtIn)
    let harness = EffectHarness(program: program, module: module)
    let operations = harness.operations()
    #expect(!operations.isEmpty)
    for operation in operations {
      let facts = reader.read(
        endpoint: operation.endpoint, dependencies: operation.dependencies, response: operation.response)
      let expected = operation.expectations
      func check(_ kind: String, _ found: [String]) {
        let wanted = expected.filter { $0.hasPrefix(kind + ": ") }.map { String($0.dropFirst(kind.count + 2)) }
        guard !wanted.isEmpty else { return }
        #expect(
          Set(found) == Set(wanted), "\(file) \(operation.name): \(kind)s")
      }
      check("effect", facts.effects.map { $0.target.isEmpty ? $0.kind.rawValue : "\($0.kind.rawValue) \($0.target)" })
      let objects = facts.objectAccesses.map {
        "\($0.parameter) \($0.entity.isEmpty ? "?" : $0.entity) \($0.tie.rawValue)"
      }
      check("object", objects)
      check("trait", facts.traits.map(\.kind.rawValue))
      if expected.contains("clean") {
        let untied = facts.objectAccesses.filter { $0.tie == .none || $0.tie == .otherIdentifierChecked }
        #expect(untied.isEmpty, "\(file) \(operation.name): \(objects)")
        #expect(facts.traits.isEmpty, "\(file) \(operation.name): \(facts.traits.map(\.message))")
      }
    }
  }
}

/// Finds the operations of a fixture and gives their parameters roles, as the framework would.
struct EffectHarness {
  let program: Program
  let module: Module

  struct Operation {
    var name: String
    var endpoint: EffectCallable
    var dependencies: [EffectCallable]
    var response: EffectResponse
    var expectations: [String]
  }

  private var tree: Tree { module.tree }

  func operations() -> [Operation] {
    var result: [Operation] = []
    for scope in module.scopes where scope.kind == .function {
      let comments = comments(of: scope.node)
      guard comments.contains("endpoint") else { continue }
      var dependencies: [EffectCallable] = []
      var known: [Definition: Int] = [:]
      let definition = Definition(module: module.id, node: scope.node)
      var path: Set<String> = []
      for decorator in tree[tree.functionDef(scope.node).decorators] {
        let text = tree.text(decorator)
        for part in text.split(separator: "{").dropFirst() {
          path.insert(String(part.prefix { $0 != "}" && $0 != ":" }))
        }
        for name in text.split(separator: "Depends(").dropFirst() {
          if let function = function(String(name.prefix { $0 != ")" })) {
            _ = add(function, path, &dependencies, &known)
          }
        }
      }
      let endpoint = callable(definition, path, &dependencies, &known)
      var response = EffectResponse()
      response.isWebSocket = comments.contains("websocket")
      if comments.contains("response-model") { response.model = "Model" }
      result.append(
        Operation(
          name: tree.text(tree.functionDef(scope.node).name), endpoint: endpoint, dependencies: dependencies,
          response: response, expectations: comments))
    }
    return result
  }

  /// The comments on the lines of a function's head and those before its first statement.
  private func comments(of node: NodeID) -> [String] {
    let function = tree.functionDef(node)
    guard let first = tree[function.body].first else { return [] }
    let start = tree.range(node).start
    let end = tree.range(first).start
    return tree.comments.filter { $0.start >= start && $0.end <= end }.flatMap {
      tree.text($0).drop { $0 == "#" || $0 == " " }.split(separator: ";").map {
        $0.trimmingCharacters(in: .whitespaces)
      }
    }
  }

  private func function(_ name: String) -> Definition? {
    module.scopes.first {
      $0.kind == .function && tree.text(tree.functionDef($0.node).name) == name
    }.map { Definition(module: module.id, node: $0.node) }
  }

  private func add(
    _ definition: Definition, _ path: Set<String>, _ dependencies: inout [EffectCallable],
    _ known: inout [Definition: Int]
  ) -> Int {
    if let position = known[definition] { return position }
    var made = callable(definition, path, &dependencies, &known)
    let comments = comments(of: definition.node)
    made.returnsPrincipal = comments.contains("principal")
    made.enforcesRole = comments.contains("role")
    made.enforcesAuthentication = made.returnsPrincipal || comments.contains("authentication")
    known[definition] = dependencies.count
    dependencies.append(made)
    return dependencies.count - 1
  }

  private func callable(
    _ definition: Definition, _ path: Set<String>, _ dependencies: inout [EffectCallable],
    _ known: inout [Definition: Int]
  ) -> EffectCallable {
    let arguments = tree.arguments(tree.functionDef(definition.node).arguments)
    let positional = Array(tree[arguments.positional]) + Array(tree[arguments.keywordOnly])
    let defaults =
      Array(repeating: NodeID.none, count: tree[arguments.positional].count - tree[arguments.defaults].count)
      + Array(tree[arguments.defaults]) + Array(tree[arguments.keywordDefaults])
    var roles: [NodeID: EffectRole] = [:]
    for (index, node) in positional.enumerated() {
      let name = tree.text(tree.arg(node).name)
      let annotation = tree.text(tree.arg(node).annotation)
      let text = annotation + " " + (index < defaults.count ? tree.text(defaults[index]) : "")
      if let dependency = text.split(separator: "Depends(").dropFirst().first {
        guard let function = function(String(dependency.prefix { $0 != ")" && $0 != "," })) else { continue }
        let position = add(function, path, &dependencies, &known)
        roles[node] = dependencies[position].returnsPrincipal ? .principal : .dependency(position)
      } else if annotation == "Request" || annotation == "WebSocket" {
        roles[node] = .connection
      } else if ["self", "db", "session", "background"].contains(name) {
        continue
      } else if path.contains(name) {
        roles[node] = .client(.path, name)
      } else if text.contains("Header(") {
        roles[node] = .client(.header, name)
      } else if text.contains("Body(") || isModel(annotation) {
        roles[node] = .client(.body, name)
      } else {
        roles[node] = .client(.query, name)
      }
    }
    return EffectCallable(definition: definition, roles: roles)
  }

  private func isModel(_ annotation: String) -> Bool {
    annotation.contains("dict") || annotation.contains("Form") || annotation.contains("In")
      || annotation.contains("Patch")
  }
}
