import Glibc
import MerlonBase
import MerlonProgram
import MerlonScan
import Testing

@Suite struct FileDiscoveryTests {
  @Test func environmentsCachesAndNodeModulesAreLeftOut() throws {
    let folder = TemporaryFolder()
    for path in [
      "app.py", "env/pyvenv.cfg", "env/lib/x.py", "node_modules/p/setup.py", "__pycache__/c.py", ".git/hook.py",
      "vendored/site-packages/y.py", "conda/conda-meta/history", "conda/z.py", "deep/er/node_modules/q.py",
    ] { folder.write(path) }
    #expect(try paths(folder) == ["app.py"])
  }

  @Test func aPathInsideAnEnvironmentIsRead() throws {
    let folder = TemporaryFolder()
    folder.write("env/pyvenv.cfg")
    folder.write("env/lib/site-packages/p/x.py")
    #expect(try paths(folder, below: "env") == ["lib/site-packages/p/x.py"])
    #expect(try paths(folder, below: "env/lib/site-packages/p") == ["x.py"])
  }

  @Test("A root that is a package is named from the first folder without `__init__.py`")
  func rootPackage() throws {
    let folder = TemporaryFolder()
    for path in ["lib/shop/__init__.py", "lib/shop/api/__init__.py", "lib/shop/api/main.py"] { folder.write(path) }
    #expect(try discover(folder, below: "lib/shop/api").rootPackage == ["shop", "api"])
    #expect(try discover(folder, below: "lib/shop/api/main.py").rootPackage == ["shop", "api"])
    #expect(try discover(folder, below: "lib").rootPackage.isEmpty)
  }

  @Test func filesAreKnownByTheirNames() throws {
    let folder = TemporaryFolder()
    let names: [(String, FileKind)] = [
      ("Dockerfile", .dockerfile), ("Dockerfile.prod", .dockerfile), ("api.Dockerfile", .dockerfile),
      ("Containerfile", .dockerfile), ("docker-compose.yml", .compose), ("compose.prod.yaml", .compose),
      ("Procfile", .procfile), ("run.sh", .shell), ("api.service", .systemd), (".env", .environment),
      (".env.production", .environment), ("deploy.yaml", .yaml), ("pyproject.toml", .toml), ("alembic.ini", .settings),
      ("requirements-dev.txt", .requirements), ("uv.lock", .requirements), ("main.py", .python),
    ]
    for (name, _) in names { folder.write(name) }
    for name in ["types.pyi", "README.md", "data.json", "Dockerfile.dockerignore", "notes.txt"] { folder.write(name) }
    let found = try discover(folder)
    #expect(
      Dictionary(uniqueKeysWithValues: found.files.map { ($0.path, $0.kind) })
        == Dictionary(uniqueKeysWithValues: names))
  }

  @Test func programsWithoutSuffixAreKnownByTheirFirstLine() throws {
    let folder = TemporaryFolder()
    folder.write("serve", "#!/usr/bin/env python3\n")
    folder.write("start", "#!/bin/bash\n")
    folder.write("notes", "#!/usr/bin/env python3\n")
    for name in ["serve", "start"] { chmod(folder.path + "/" + name, 0o755) }
    #expect(try discover(folder).files.map(\.kind) == [.python, .shell])
  }

  @Test func whatCannotBeReadIsListed() throws {
    let folder = TemporaryFolder()
    let outside = TemporaryFolder()
    outside.write("secret.py")
    folder.write("big.py", String(repeating: "#", count: 2_000))
    folder.write("real/a.py")
    folder.link("loop", to: ".")
    folder.link("again", to: "real")
    folder.link("out", to: outside.path)
    folder.link("out.py", to: outside.path + "/secret.py")
    folder.link("nowhere.py", to: "missing.py")
    mkfifo(folder.path + "/pipe.py", 0o644)
    let found = try discover(folder, maximumFileSize: 1_000)
    #expect(found.files.map(\.path) == ["real/a.py"])
    #expect(
      found.limits.map { "\($0.kind) \($0.path ?? "")" } == [
        "file-too-large big.py", "unreadable-file nowhere.py", "link-outside-root out", "link-outside-root out.py",
        "unreadable-file pipe.py",
      ])
  }

  @Test func namesThatAreNotUTF8AreReadAndShown() throws {
    let folder = TemporaryFolder()
    folder.write([0x61, 0xFF, 0x2E, 0x70, 0x79], Array("x = 1\n".utf8))
    let file = try #require(try discover(folder).files.first)
    #expect(file.path == "a\\xff.py")
    #expect(try DiskFileSystem().read(file.location, limit: 100) == Array("x = 1\n".utf8))
  }

  @Test func aSingleFileIsItsOwnProject() throws {
    let folder = TemporaryFolder()
    folder.write("a/app.py")
    let found = try discover(folder, below: "a/app.py")
    #expect(found.files.map(\.path) == ["app.py"])
    #expect(found.root == folder.raw.appending("a"))
  }

  @Test func excludedPathsAreLeftOut() throws {
    let folder = TemporaryFolder()
    for path in ["app.py", "generated/x.py", "a/b_pb2.py", "a/c.py"] { folder.write(path) }
    let options = DiscoveryOptions(maximumFileSize: 1_000, exclude: [PathPatterns(["/generated/", "*_pb2.py"])])
    let found = try FileDiscovery.discover(folder.raw, options: options, files: DiskFileSystem())
    #expect(found.files.map(\.path) == ["a/c.py", "app.py"])
  }

  @Test func aMissingPathIsAProblem() {
    #expect(throws: Problem(path: "/no/such/place", message: "no such file or folder")) {
      try FileDiscovery.discover(
        RawPath("/no/such/place"), options: DiscoveryOptions(maximumFileSize: 1), files: DiskFileSystem())
    }
  }

  @Test(arguments: [
    ("app/main.py", FileRole.production), ("tests/test_app.py", .test), ("app/test_util.py", .test),
    ("app/conftest.py", .test), ("app/util_test.py", .test), ("app/latest.py", .production),
    ("alembic/versions/1_init.py", .migration), ("alembic/env.py", .migration), ("app/migrations/0001.py", .migration),
    ("app/versions/v1.py", .production), ("scripts/seed.py", .script), ("benchmarks/load.py", .script),
    ("setup.py", .script), ("app/setup.py", .production), ("examples/one.py", .example), ("docs/conf.py", .example),
    ("docs_src/a/b.py", .example), (".env.example", .example), (".env", .production), ("Dockerfile", .production),
    ("app/testing.py", .production),
  ])
  func rolesFollowFromThePlace(path: String, role: FileRole) {
    #expect(FileRole(path: path) == role)
  }

  @Test(arguments: [
    ("revision = '1'\ndown_revision = None\ndef upgrade():\n  pass\n", FileRole.migration),
    ("import pytest\n\nasync def test_it(): pass\n", .test),
    ("import unittest\nclass TestIt(unittest.TestCase): pass", .test),
    ("from fastapi import FastAPI\napp = FastAPI()\nif __name__ == '__main__': run()\n", .production),
    ("def test_connection(): ...\n", .production), ("", .production),
  ])
  func rolesFollowFromTheContentToo(content: String, role: FileRole) {
    #expect(FileRole(path: "app/x.py", python: Array(content.utf8)) == role)
  }

  private func discover(
    _ folder: TemporaryFolder, below: String = "", maximumFileSize: Int = 1 << 20
  ) throws -> Discovery {
    try FileDiscovery.discover(
      below.isEmpty ? folder.raw : folder.raw.appending(below),
      options: DiscoveryOptions(maximumFileSize: maximumFileSize), files: DiskFileSystem())
  }

  private func paths(_ folder: TemporaryFolder, below: String = "") throws -> [String] {
    try discover(folder, below: below).files.filter { $0.kind == .python }.map(\.path)
  }
}
