import Foundation
import Glibc
import MerlonBase
import MerlonProgram
import MerlonScan
import Testing

/// The cache never changes what is found: not after edits, and not when its file is damaged.
@Suite struct CacheTests {
  /// A project with its cache beside it.
  private final class Project {
    let home = TemporaryFolder()
    var select: [String]?
    var configured: [ConfiguredIgnore] = []

    var root: RawPath { home.raw.appending("project") }
    var cache: RawPath { home.raw.appending("cache/merlon") }

    init(example: String) throws {
      try home.run("cp", ["-r", ShopTests.examples.appendingPathComponent(example).path, home.path + "/project"])
    }

    init(_ files: [String: String]) {
      for (name, text) in files { write(name, text) }
    }

    func write(_ name: String, _ text: String) { home.write("project/" + name, text) }

    func read(_ name: String) throws -> String {
      String(decoding: try DiskFileSystem().read(root.appending(name), limit: 1 << 20), as: UTF8.self)
    }

    func edit(_ name: String, _ old: String, _ new: String) throws {
      let text = try read(name)
      #expect(text.contains(old), "\(name) has no `\(old)`")
      write(name, text.replacingOccurrences(of: old, with: new))
    }

    func shell(_ line: String) throws { try home.run("bash", ["-c", "cd '\(root.display)' && \(line)"]) }

    var cacheFiles: [RawPath] {
      ((try? DiskFileSystem().entries(of: cache)) ?? []).map { cache.appending($0.name) }
    }

    func scan(cached: Bool, folder: RawPath? = nil) throws -> ScanResult {
      var options = ScanOptions(
        roles: [.production], exclude: [], maximumFileSize: 4 << 20,
        selection: RuleSelection(select: select, ignore: []), threadCount: 2, packagePath: [], fastAPIVersion: nil,
        headersAtProxy: false, policy: Policy(),
        ignores: IgnoreOptions(
          policy: InlineIgnore.Policy(
            weaknesses: [("MRL101", "jwt-signature-not-verified")], requiresOwner: false, requiresUntil: false,
            honorsNosec: true), configured: configured, configurationPrefix: "", today: "2026-11-24"))
      if cached { options.cacheFolder = folder ?? cache }
      return try Scanner.scan(root, options: options, files: DiskFileSystem())
    }

    /// Scans with the cache as it is, and without one: all that a report shows must be the same.
    func check(_ step: String, sourceLocation: Testing.SourceLocation = #_sourceLocation) throws {
      let warm = try scan(cached: true)
      let cold = try scan(cached: false)
      func compare<Value: Equatable>(_ path: KeyPath<ScanResult, [Value]>, _ what: String) {
        let (found, expected) = (warm[keyPath: path], cold[keyPath: path])
        guard found != expected else { return }
        let more = found.filter { !expected.contains($0) }
        let less = expected.filter { !found.contains($0) }
        Issue.record("\(step): \(what), too many: \(more), missing: \(less)", sourceLocation: sourceLocation)
      }
      compare(\.findings, "findings")
      compare(\.limits, "limits")
      compare(\.problems, "problems")
      compare(\.applications, "applications")
      #expect(warm.files == cold.files && warm.lines == cold.lines, "\(step): counts", sourceLocation: sourceLocation)
    }
  }

  @Test("After each edit of a project the cache gives what a scan without it gives")
  func edits() throws {
    let project = try Project(example: "vulnerable-shop")
    try project.check("first run")
    #expect(!project.cacheFiles.isEmpty)
    try project.check("nothing changed")
    let files = try String(
      decoding: project.home.run("bash", ["-c", "cd '\(project.root.display)' && find shop -name '*.py' | sort"]),
      as: UTF8.self
    ).split(separator: "\n").map(String.init)
    #expect(files.count > 5)
    for file in files.enumerated().filter({ $0.offset % 4 == 0 }).map(\.element) {
      project.write(file, try project.read(file) + "\n\ndef added(value):\n    return eval(value)\n")
      try project.check("a function added to \(file)")
      project.write(file, "# moves every line\n" + (try project.read(file)))
      try project.check("lines moved in \(file)")
    }
    for file in files.prefix(2) {
      try project.shell("mv '\(file)' /tmp/$$ && cp /tmp/$$ '\(file).kept' && rm /tmp/$$")
      try project.check("\(file) removed")
      try project.shell("mv '\(file).kept' '\(file)'")
      try project.check("\(file) put back")
    }
    project.write("shop/fastapi.py", "class FastAPI:\n    pass\n")
    try project.check("a file that shadows a library")
    try project.shell("rm shop/fastapi.py && mv shop store")
    try project.check("the package renamed")
    project.select = ["MRL1"]
    try project.check("other rules")
    project.select = nil
    project.configured = [
      ConfiguredIgnore(
        rules: ["MRL101"], paths: ["*"], reason: "x", owner: nil, until: nil,
        position: SourcePosition(line: 1, column: 0))
    ]
    try project.check("ignores of the configuration")
    try project.shell("printf 'FROM python:3.12\\nENV API_KEY=abcdefgh12345678\\n' > Dockerfile")
    try project.check("a file beside the code")
    project.write("requirements.txt", "fastapi==0.100.0\npydantic==1.10.0\n")
    try project.check("another version of the framework")
  }

  private static let chain = [
    "app/__init__.py": "",
    "app/settings.py": "ALGORITHMS = [\"HS256\"]\nVERIFY = True\n",
    "app/base.py": "from pydantic import BaseModel\n\nclass Base(BaseModel):\n    pass\n",
    "app/models.py": "from app.base import Base\n\nclass Item(Base):\n    name: str\n",
    "app/tokens.py": """
    import jwt
    from app import settings

    def read(token):
        return jwt.decode(token, "k", algorithms=settings.ALGORITHMS, options={"verify_signature": settings.VERIFY})
    """,
    "app/store.py": """
    import sqlite3

    def rows(text):
        return sqlite3.connect("x").execute("select 1 where x = ?", (text,)).fetchall()
    """,
    "app/main.py": """
    from fastapi import Depends, FastAPI
    from app import store, tokens
    from app.models import Item

    app = FastAPI()

    def user(token: str):
        return tokens.read(token)

    @app.get("/rows", dependencies=[Depends(user)])
    def rows(text: str):
        return store.rows(text)

    @app.post("/items")
    def create(item: Item):
        return item
    """,
    "app/other.py": "def unrelated():\n    return 1\n",
  ]

  @Test("What a result rests on is found through modules, constants, bases and names that did not exist")
  func distantEdits() throws {
    let project = Project(Self.chain)
    try project.check("first run")
    try project.edit("app/settings.py", "VERIFY = True", "VERIFY = False")
    try project.check("a constant in another module")
    let without = try project.scan(cached: true).findings.map(\.id)
    #expect(without.contains("MRL101"))
    try project.edit("app/settings.py", "VERIFY = False", "VERIFY = True")
    try project.check("the constant put back")
    try project.edit("app/store.py", "\"select 1 where x = ?\", (text,)", "\"select 1 where x = '\" + text + \"'\"")
    try project.check("a callee that became unsafe")
    #expect(try project.scan(cached: true).findings.contains { $0.id == "MRL301" })
    try project.edit("app/base.py", "class Base(BaseModel):\n    pass", "class Base:\n    pass")
    try project.check("a base class")
    project.write("app/other.py", "import app.settings\n\napp.settings.VERIFY = False\n")
    try project.check("an attribute assigned from outside")
    project.write("app/other.py", "from fastapi import FastAPI\nfrom app.main import user\n\nsecond = FastAPI()\n")
    try project.check("a second application")
    project.write(
      "app/other.py", "from app.main import app\n\n@app.get(\"/late\")\ndef late(q: str):\n    return eval(q)\n")
    try project.check("a route from a module that had nothing to do with the application")
    project.write("app/other.py", "class Only:\n    def read_all_rows(self, text):\n        return text\n")
    try project.check("a method by a name of its own")
    project.write("jwt.py", "def decode(*a, **k):\n    return {}\n")
    try project.check("a module that hides a library")
    try project.shell("rm jwt.py")
    try project.edit("app/tokens.py", "def read", "# merlon: ignore[MRL101] -- known\ndef read")
    try project.check("a comment that ignores")
    project.write("app/broken.py", "def broken(:\n")
    try project.check("a file that can't be parsed")
    project.write("app/settings.py", "")
    try project.check("an empty file")
  }

  @Test("Random edits, one after another, never make a difference")
  func randomEdits() throws {
    let project = Project(Self.chain)
    var random = SystemRandomNumberGenerator()
    let names = Self.chain.keys.filter { $0 != "app/__init__.py" }.sorted()
    for step in 0..<16 {
      guard let name = names.randomElement(using: &random) else { continue }
      var lines = (Self.chain[name] ?? "").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      let place = Int.random(in: 0..<max(lines.count, 1), using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: if !lines.isEmpty { lines.remove(at: place) }
      case 1: lines.insert("import os", at: min(place, lines.count))
      case 2: lines = (Self.chain[names.randomElement(using: &random) ?? name] ?? "").components(separatedBy: "\n")
      default: break
      }
      project.write(name, lines.joined(separator: "\n"))
      try project.check("step \(step), \(name): \(lines)")
    }
  }

  @Test("A damaged file of the cache is as good as none")
  func damage() throws {
    let project = Project(Self.chain)
    let expected = try project.scan(cached: true).findings
    let file = try #require(project.cacheFiles.first)
    let whole = try DiskFileSystem().read(file, limit: 1 << 26)
    let name = String(decoding: Array(file.bytes.dropFirst(project.home.raw.bytes.count + 1)), as: UTF8.self)
    var versions: [[UInt8]] = [[], [0], Array(whole.prefix(20)), whole + [0], whole.reversed()]
    for part in 1..<12 { versions.append(Array(whole.prefix(whole.count * part / 12))) }
    for part in 0..<24 {
      var copy = whole
      copy[(copy.count - 1) * part / 23] ^= UInt8(1 << (part % 8))
      versions.append(copy)
    }
    for bytes in versions {
      unlink(file.display)
      project.home.write(Array(name.utf8), bytes)
      chmod(file.display, 0o600)
      #expect(try project.scan(cached: true).findings == expected)
    }
  }

  @Test("A file whose digest is right and whose content is not is as good as none")
  func forgery() throws {
    let project = Project(Self.chain)
    let expected = try project.scan(cached: true).findings
    let file = try #require(project.cacheFiles.first)
    let whole = try DiskFileSystem().read(file, limit: 1 << 26)
    let mark = Array("merlon-cache-1\n".utf8)
    let content = Array(whole.dropFirst(mark.count + 32))
    // Behind the key, so that the file is not thrown away for that.
    for part in 0..<16 {
      let cut = Array(content.prefix(40 + (content.count - 40) * part / 16))
      unlink(file.display)
      project.home.write(
        Array(file.bytes.dropFirst(project.home.raw.bytes.count + 1)), mark + SHA256.digest(cut) + cut)
      chmod(file.display, 0o600)
      #expect(try project.scan(cached: true).findings == expected)
    }
  }

  @Test("The cache is the user's own, is never below what is scanned, and is not missed")
  func place() throws {
    let project = Project(Self.chain)
    let expected = try project.scan(cached: false).findings
    let inside = project.root.appending("cache")
    #expect(try project.scan(cached: true, folder: inside).findings == expected)
    #expect(DiskFileSystem().status(of: inside, followingLinks: true) == nil)
    #expect(try project.scan(cached: true, folder: RawPath("/proc/none/merlon")).findings == expected)
    #expect(try project.scan(cached: true, folder: RawPath("relative")).findings == expected)
    _ = try project.scan(cached: true)
    let file = try #require(project.cacheFiles.first)
    var facts = stat()
    #expect(stat(file.display, &facts) == 0 && facts.st_mode & 0o777 == 0o600)
    #expect(stat(project.cache.display, &facts) == 0 && facts.st_mode & 0o777 == 0o700)
    // What others may write is not believed, and not an error.
    chmod(file.display, 0o666)
    #expect(try project.scan(cached: true).findings == expected)
    chmod(project.cache.display, 0o777)
    #expect(try project.scan(cached: true).findings == expected)
  }
}
