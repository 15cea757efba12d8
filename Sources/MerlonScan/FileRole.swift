package import MerlonProgram

/// How a file's role is known: only production code counts by default, `--include test,script` adds others.
extension FileRole {
  /// The role by place: the folders and the name of a path relative to the scanned root.
  package init(path: String) {
    let parts = path.lowercased().split(separator: "/")
    let folders = parts.dropLast()
    let name = String(parts.last ?? "")
    if folders.contains(where: { Self.testFolders.contains(String($0)) }) || Self.isTest(name) {
      self = .test
    } else if Self.isMigration(folders.map(String.init), name) {
      self = .migration
    } else if folders.contains(where: { Self.exampleFolders.contains(String($0)) }) || Self.isExample(name) {
      self = .example
    } else if folders.contains(where: { Self.scriptFolders.contains(String($0)) })
      || (folders.isEmpty && Self.packagingFiles.contains(name))
    {
      self = .script
    } else {
      self = .production
    }
  }

  /// The role by place and, for Python files that their place leaves as production, by what they contain: an Alembic
  /// or Django migration, or a test module.
  package init(path: String, python content: [UInt8]) {
    self.init(path: path)
    guard self == .production else { return }
    if content.hasLine(startingWith: "down_revision"), content.hasLine(startingWith: "def upgrade") {
      self = .migration
    } else if content.hasLine(startingWith: "class Migration(migrations.Migration)") {
      self = .migration
    } else if Self.testImports.contains(where: { content.hasLine(startingWith: $0) }),
      Self.testDefinitions.contains(where: { content.hasLine(startingWith: $0) })
    {
      self = .test
    }
  }

  private static let testFolders: Set<String> = [
    "test", "tests", "unittests", "unit_tests", "integration_tests", "e2e", "__tests__", "testdata", "fixtures",
  ]
  private static let exampleFolders: Set<String> = [
    "doc", "docs", "docs_src", "example", "examples", "sample", "samples", "demo", "demos", "tutorial", "tutorials",
    "cookbook", "notebooks",
  ]
  private static let scriptFolders: Set<String> = ["script", "scripts", "bench", "benchmark", "benchmarks"]
  private static let packagingFiles: Set<String> = ["setup.py", "noxfile.py", "fabfile.py", "versioneer.py"]
  private static let testImports = ["import pytest", "from pytest", "import unittest", "from unittest"]
  private static let testDefinitions = ["def test_", "async def test_", "class Test", "@pytest."]

  private static func isTest(_ name: String) -> Bool {
    guard name.hasSuffix(".py") else {
      return name == ".env.test" || name == ".env.testing" || name.hasSuffix(".test.yml")
        || name.hasSuffix(".test.yaml")
    }
    return name.hasPrefix("test_") || name.hasSuffix("_test.py") || name.hasSuffix("_tests.py") || name == "tests.py"
      || name == "conftest.py"
  }

  private static func isMigration(_ folders: [String], _ name: String) -> Bool {
    if folders.contains("migrations") { return name.hasSuffix(".py") }
    guard let place = folders.firstIndex(where: { $0 == "alembic" || $0.hasPrefix("alembic_") }) else { return false }
    return name == "env.py" || folders[place...].contains("versions")
  }

  private static func isExample(_ name: String) -> Bool {
    [".env.example", ".env.sample", ".env.template", ".env.dist", "example.env", "sample.env"].contains(name)
  }
}

extension [UInt8] {
  /// Whether some line begins with a text of ASCII, without blanks before it.
  fileprivate func hasLine(startingWith text: String) -> Bool {
    let needle = Array(text.utf8)
    guard let first = needle.first, count >= needle.count else { return false }
    return withUnsafeBufferPointer { bytes in
      var start = 0
      let last = bytes.count - needle.count
      while start <= last {
        if bytes[start] == first, bytes[start..<start + needle.count].elementsEqual(needle) { return true }
        while start <= last, bytes[start] != 0x0A { start += 1 }
        start += 1
      }
      return false
    }
  }
}
