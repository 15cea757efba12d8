import Foundation
import MerlonBase
import MerlonCatalog
import MerlonPython
import Testing

@Suite("Files made from the catalogue")
struct GeneratedFilesTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  @Test("the pages of docs/rules are those that the catalogue gives")
  func pagesAreUpToDate() throws {
    let folder = Self.root.appending(path: "docs/rules")
    var wanted = ["README.md": RulePage.index(of: Weakness.all)]
    for weakness in Weakness.all { wanted["\(weakness.id).md"] = RulePage(weakness).markdown }
    let present = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(Set(present) == Set(wanted.keys), "run `make generate`")
    for (name, text) in wanted {
      let file = try? String(contentsOf: folder.appending(path: name), encoding: .utf8)
      #expect(file == text, "docs/rules/\(name) is stale: run `make generate`")
    }
  }

  @Test("the registries list what the folders hold")
  func registriesAreUpToDate() throws {
    // Beside the bundle of the tests lies what was built with it.
    let tests = try #require(ProcessInfo.processInfo.arguments.first.map { URL(filePath: $0) })
    var folder = tests.deletingLastPathComponent()
    while folder.path != "/", !FileManager.default.isExecutableFile(atPath: folder.appending(path: "merlon-dev").path) {
      folder = folder.deletingLastPathComponent()
    }
    let built = Self.root.appending(path: ".build/debug/merlon-dev").path
    let beside = folder.appending(path: "merlon-dev").path
    let tool = try #require([beside, built].first(where: FileManager.default.isExecutableFile(atPath:)))
    let (status, output) = try run([tool, "generate", "--check", "--root", Self.root.path], input: "")
    #expect(status == 0, "\(output)")
  }

  @Test("Merlon's parser reads every Python example without an error", arguments: Weakness.all)
  func examplesAreReadByMerlon(weakness: Weakness) {
    for example in [weakness.unsafe, weakness.safe] where example.fileName.hasSuffix(".py") {
      let tree = PythonParser.parse(Array(example.code.utf8))
      #expect(tree.diagnostics.isEmpty, "\(weakness.id): \(tree.diagnostics)")
    }
  }

  @Test("CPython reads every Python example")
  func examplesAreReadByCPython() throws {
    let modules = Weakness.all.flatMap { weakness in
      [weakness.unsafe, weakness.safe].filter { $0.fileName.hasSuffix(".py") }.map { [weakness.id, $0.code] }
    }
    let script = """
      import ast, json, sys
      for name, code in json.load(sys.stdin):
          try:
              compile(code, name, "exec")
          except SyntaxError as error:
              print(name, error)
      """
    let input = String(decoding: try JSONSerialization.data(withJSONObject: modules), as: UTF8.self)
    let (status, output) = try run(["/usr/bin/env", "python3", "-c", script], input: input)
    #expect(status == 0 && output.isEmpty, "\(output)")
  }

  private func run(_ command: [String], input: String) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: try #require(command.first))
    process.arguments = Array(command.dropFirst())
    let file = FileManager.default.temporaryDirectory.appending(path: "merlon-\(UUID().uuidString)")
    try input.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    process.standardInput = try FileHandle(forReadingFrom: file)
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: text, as: UTF8.self))
  }
}
